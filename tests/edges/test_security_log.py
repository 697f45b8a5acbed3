"""What the log keeps for whoever has to find out who did what: logins, acts on staff accounts, refusals."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx
import pytest

from tests.contracts.mesa import AUTH, PASSWORD, add_user, log_in, new_user
from tests.edges.conftest import StartDesk
from tests.edges.line import USER
from tests.serving import CONFIG, RunningDesk, token
from ventanilla.contracts import REGISTRY
from ventanilla.core.access import Permission

DESK = "/api/desk/v1"
ADMIN = "/api/admin/support-requests"
QUIET = CONFIG + '[logs]\nlevel = "error"\nrequests = false\n'
LIMITED = CONFIG.replace("enabled = false", "login_failures_per_account = 2\nperson_per_minute = 2")


@pytest.fixture
def quiet(start_desk: StartDesk) -> RunningDesk:
    """A desk that is told to log next to nothing."""
    return start_desk(config=QUIET)


@pytest.fixture
def alicia(quiet: RunningDesk) -> Iterator[httpx.Client]:
    """An admin."""
    with quiet.client(token("alicia", rol="admin")) as client:
        yield client


@pytest.fixture
def anyone(quiet: RunningDesk) -> Iterator[httpx.Client]:
    with quiet.client() as client:
        yield client


def lines_of(desk: RunningDesk) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in desk.log.splitlines() if line.startswith("{")]
    return [line for line in lines if line["logger"] == "ventanilla.security"]


def line_of(desk: RunningDesk, answer: httpx.Response) -> dict[str, Any]:
    """Return the one line about a request, once it is written: that is after its answer."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = [line for line in lines_of(desk) if line["request"] == answer.headers["X-Request-Id"]]
        if found:
            (line,) = found
            assert line["at"].endswith("Z")
            assert abs(datetime.fromisoformat(line["at"]) - datetime.now(UTC)) < timedelta(minutes=2)
            assert (line["address"], line["status"]) == ("127.0.0.1", answer.status_code)
            return line
        time.sleep(0.02)
    raise AssertionError(f"no line in\n{desk.log}")


def told(line: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(line[name] for name in ("level", "event", "outcome", "actor", "target"))


def test_login_is_logged_with_the_account_that_logged_in(
    quiet: RunningDesk, alicia: httpx.Client, anyone: httpx.Client
) -> None:
    user = add_user(alicia)
    line = line_of(quiet, log_in(anyone, user))
    assert told(line) == ("info", "login", "ok", f"ventanilla:{user['id']}", user["id"])
    assert (line["contract"], line["method"], line["route"]) == ("mesa", "POST", f"{AUTH}/login")


def test_failed_login_is_logged_with_the_account_that_was_tried(
    quiet: RunningDesk, alicia: httpx.Client, anyone: httpx.Client
) -> None:
    user = add_user(alicia)
    line = line_of(quiet, log_in(anyone, user, "wrong horse battery staple"))
    assert told(line) == ("warning", "login", "failed", None, user["id"])
    line = line_of(quiet, log_in(anyone, {"email": "nadie@desk.example"}))
    assert told(line) == ("warning", "login", "failed", None, None)
    assert [secret for secret in ("wrong horse", PASSWORD, user["email"], "nadie") if secret in quiet.log] == []


def test_login_that_was_put_off_is_logged(start_desk: StartDesk) -> None:
    desk = start_desk(config=LIMITED)
    with desk.client() as anyone:
        answers = [log_in(anyone, {"email": "nadie@desk.example"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert told(line_of(desk, answers[-1])) == ("warning", "login", "failed", None, None)


def test_acts_on_accounts_are_logged_with_who_did_them_and_to_whom(quiet: RunningDesk, alicia: httpx.Client) -> None:
    user = new_user()
    added = alicia.post(f"{AUTH}/users", json=user)
    uuid = added.json()["id"]
    changed = alicia.patch(f"{AUTH}/users/{uuid}", json={"nombre": "Marta", "password": "another horse battery"})
    gone = alicia.delete(f"{AUTH}/users/{uuid}")
    assert [answer.status_code for answer in (added, changed, gone)] == [200] * 3
    by_alicia = ("ok", "app:alicia", uuid)
    for answer, event in ((added, "account_added"), (changed, "account_changed"), (gone, "account_deactivated")):
        assert told(line_of(quiet, answer)) == ("info", event, *by_alicia)
    assert [secret for secret in ("another horse", PASSWORD, user["email"]) if secret in quiet.log] == []


def test_act_on_an_account_that_failed_is_logged_as_that(quiet: RunningDesk, alicia: httpx.Client) -> None:
    missing = alicia.delete(f"{AUTH}/users/someone@secrets.example")
    assert missing.status_code == 404
    assert told(line_of(quiet, missing)) == ("warning", "account_deactivated", "failed", "app:alicia", None)
    with quiet.client(token("marta", rol="MESA")) as marta:
        forbidden = marta.post(f"{AUTH}/users", json={})
    assert forbidden.status_code == 403
    assert told(line_of(quiet, forbidden)) == ("warning", "account_added", "failed", "app:marta", None)
    assert "someone" not in quiet.log


@pytest.mark.parametrize("contract", REGISTRY, ids=lambda contract: contract.name)
def test_every_route_that_changes_accounts_or_keys_says_what_the_log_calls_it(contract: Any) -> None:
    for route in contract.routes:
        changes = route.permission in (Permission.MANAGE_ACCOUNTS, Permission.MANAGE_KEYS) and route.method != "GET"
        assert not changes or route.act, f"{route.method} {route.path}"


def test_keys_are_logged_by_their_ids_and_never_by_themselves(quiet: RunningDesk, alicia: httpx.Client) -> None:
    made = alicia.post(f"{DESK}/keys", json={"name": "Web shop", "role": "agent", "scopes": ["read"]})
    assert made.status_code == 201
    assert told(line_of(quiet, made)) == ("info", "key_added", "ok", "app:alicia", made.json()["id"])
    key = made.json()["key"]
    with quiet.client(key) as shop:
        assert shop.get(f"{DESK}/tickets").status_code == 200
        refused = shop.get(f"{DESK}/keys")
    assert refused.status_code == 403
    assert told(line_of(quiet, refused))[1:3] == ("refused", "failed")
    ended = alicia.delete(f"{DESK}/keys/{made.json()['id']}")
    assert ended.status_code == 204
    assert told(line_of(quiet, ended)) == ("info", "key_ended", "ok", "app:alicia", made.json()["id"])
    assert key not in quiet.log


def test_sessions_are_logged_from_sign_in_to_sign_out(
    quiet: RunningDesk, alicia: httpx.Client, anyone: httpx.Client
) -> None:
    user = add_user(alicia)
    uuid, whoever = user["id"], {"email": user["email"]}
    failed = anyone.post(f"{DESK}/session", json=whoever | {"password": "wrong horse battery"})
    assert failed.status_code == 401
    assert told(line_of(quiet, failed)) == ("warning", "login", "failed", None, uuid)
    entered = anyone.post(f"{DESK}/session", json=whoever | {"password": PASSWORD})
    assert entered.status_code == 200
    assert told(line_of(quiet, entered)) == ("info", "login", "ok", f"ventanilla:{uuid}", uuid)
    (cookie,) = anyone.cookies.values()
    anyone.headers["Sec-Fetch-Site"] = "same-origin"
    new = {"current": PASSWORD, "new": "another horse entirely"}
    changed = anyone.post(f"{DESK}/me/password", json=new)
    assert changed.status_code == 204
    assert told(line_of(quiet, changed)) == ("info", "password_changed", "ok", f"ventanilla:{uuid}", uuid)
    left = anyone.delete(f"{DESK}/session")
    assert left.status_code == 204
    assert told(line_of(quiet, left))[:4] == ("info", "logout", "ok", f"ventanilla:{uuid}")
    secrets = (cookie, user["email"], PASSWORD, *new.values(), "wrong horse")
    assert [secret for secret in secrets if secret in quiet.log] == []


def test_invitation_is_logged_from_both_ends(quiet: RunningDesk, alicia: httpx.Client, anyone: httpx.Client) -> None:
    invited = alicia.post(f"{DESK}/agents", json={"email": "marta@secrets.example", "name": "Marta", "role": "agent"})
    assert invited.status_code == 201
    uuid = invited.json()["id"]
    assert told(line_of(quiet, invited)) == ("info", "account_added", "ok", "app:alicia", uuid)
    secret = invited.json()["invitation"]["url"].split("#token=")[1]
    accepted = anyone.post(f"{DESK}/invitations/accept", json={"token": secret, "password": "another horse entirely"})
    assert accepted.status_code == 200
    assert told(line_of(quiet, accepted)) == ("info", "invitation_accepted", "ok", f"ventanilla:{uuid}", uuid)
    reset = alicia.post(f"{DESK}/agents/{uuid}/reset")
    assert told(line_of(quiet, reset)) == ("info", "reset_made", "ok", "app:alicia", uuid)
    planted = (secret, reset.json()["url"].split("#token=")[1], "secrets.example", "another horse")
    assert [one for one in planted if one in quiet.log] == []


def test_refusal_is_logged_with_who_was_refused(quiet: RunningDesk) -> None:
    with quiet.client(token("ana")) as ana:
        forbidden = ana.get(ADMIN)
    assert forbidden.status_code == 403
    line = line_of(quiet, forbidden)
    assert told(line) == ("warning", "refused", "failed", "app:ana", None)
    assert (line["message"], line["route"]) == ("refused 403", ADMIN)


def test_bad_token_is_logged_as_a_refusal_of_nobody_known(quiet: RunningDesk) -> None:
    bad = token("ana")[:-4] + "abcd"
    with quiet.client(bad) as ana, quiet.client() as anyone:
        for refused in (ana.get(USER), anyone.get(USER)):
            assert refused.status_code == 401
            assert told(line_of(quiet, refused)) == ("warning", "refused", "failed", None, None)
    assert bad not in quiet.log


def test_request_over_a_limit_is_logged_with_whose_it_was(start_desk: StartDesk) -> None:
    desk = start_desk(config=LIMITED)
    with desk.client(token("ana")) as ana:
        answers = [ana.get(USER) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert told(line_of(desk, answers[-1])) == ("warning", "refused", "failed", "app:ana", None)


def test_subject_that_is_an_address_is_told_as_a_digest(quiet: RunningDesk) -> None:
    with quiet.client(token("ana@secrets.example")) as ana:
        line = line_of(quiet, ana.get(ADMIN))
    assert line["actor"] == f"app:sha256-{sha256(b'ana@secrets.example').hexdigest()[:16]}"
    assert "secrets.example" not in quiet.log


def test_what_is_allowed_is_no_matter_for_the_security_log(quiet: RunningDesk) -> None:
    with quiet.client(token("ana")) as ana:
        assert ana.get(USER).status_code == 200
        assert ana.get(f"{USER}/17").status_code == 404
        assert ana.post(USER, json={}).status_code == 422
    assert quiet.stop() == 0
    assert "{" not in quiet.log
