"""Secrets that callers send stand in no line of the log, in either of its formats, whatever goes wrong with them."""

import asyncio
from typing import Any

import asyncpg
import pytest

from tests.contracts.kinconecta import NOTES, TICKETS, VOUCHER
from tests.contracts.mesa import AUTH, PRINTER, add_user, log_in
from tests.contracts.mesa import TICKETS as MESA
from tests.edges.conftest import StartDesk
from tests.edges.line import CRASH, USER
from tests.serving import CONFIG, RunningDesk, token

EMAIL = "zenobia.q@secrets.example"
PASSWORD = "planted horse battery"
WRONG = "planted wrong password"
KEY = "planted-idempotency-key"
ACCESS_KEY = "planted-access-key-0123456789abcdef"
ROW = "planted-row"


def loud(style: str, head: str = "") -> str:
    return f'{head}{CONFIG}[logs]\nlevel = "debug"\nformat = "{style}"\n'


def planted_in(desk: RunningDesk, *more: str) -> list[str]:
    planted = ("zenobia", "secrets.example", PASSWORD, WRONG, KEY, ACCESS_KEY, ROW, *more)
    return [secret for secret in planted if secret in desk.log]


@pytest.mark.parametrize("style", ["json", "text"])
def test_no_secret_of_a_caller_stands_in_the_log(start_desk: StartDesk, style: str) -> None:
    desk = start_desk(config=loud(style))
    of_zenobia = token(EMAIL, name="zenobia", email=EMAIL)
    with desk.client(token("alicia", rol="admin")) as alicia, desk.client() as anyone:
        user = add_user(alicia, email=EMAIL, password=PASSWORD)
        opened = log_in(anyone, user, PASSWORD).json()["access_token"]
        log_in(anyone, user, WRONG)
        anyone.get(TICKETS, params={"email": EMAIL, "accessKey": ACCESS_KEY})
        alicia.get("/api/admin/support-requests", params={"customerId": EMAIL, "search": EMAIL})
        ticket = anyone.post(TICKETS, data=VOUCHER, files={"attachments": (ROW, NOTES)}).json()
        for key in (ACCESS_KEY, ticket["accessKey"]):
            anyone.get(f"{TICKETS}/{ticket['id']}", headers={"X-Access-Key": key})
        anyone.post(f"{MESA}/crear", json=PRINTER | {"email": EMAIL}, headers={"Idempotency-Key": KEY})
        anyone.post(f"{MESA}/consultar", json={"label": "TKT-2026-00001", "email": EMAIL})
    for bearer in (of_zenobia, of_zenobia[:-3] + "abc", opened):
        with desk.client(bearer) as zenobia:
            zenobia.get("/api/admin/support-requests")
            zenobia.post(USER, json=CRASH, headers={"Idempotency-Key": KEY})
            zenobia.get(f"{AUTH}/users")
    assert desk.stop() == 0
    signatures = [bearer.rsplit(".", 1)[1] for bearer in (of_zenobia, opened)]
    assert planted_in(desk, of_zenobia, opened, *signatures, ticket["accessKey"]) == []
    assert desk.log.count("ventanilla.security" if style == "json" else "event=") >= 6


@pytest.mark.parametrize("style", ["json", "text"])
def test_row_that_postgres_refuses_is_not_told(start_desk: StartDesk, postgres_url: str, style: str) -> None:
    """PostgreSQL quotes the whole row in the detail of such an error."""
    desk = start_desk(config=loud(style, f'database_url = "{postgres_url}"\n'))
    run(postgres_url, "ALTER TABLE tickets ADD CONSTRAINT unlucky CHECK (label_number <> 1)")
    with desk.client(token("zenobia", email=EMAIL)) as zenobia:
        assert zenobia.post(USER, json=CRASH | {"subject": ROW}).status_code == 500
    assert desk.stop() == 0
    assert 'violates check constraint "unlucky"' in desk.log.replace("\\", "")
    assert "postgres_batch.py" in desk.log
    assert planted_in(desk) == []


def run(url: str, *statements: str) -> None:
    async def all_of_them() -> None:
        connection: Any = await asyncpg.connect(url)
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    asyncio.run(all_of_them())
