"""Contract 2 lets nobody guess passwords, labels or addresses for long (shared/security.md, V18 and R4)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from tests.contracts.mesa import PRINTER, TICKETS, add_user, log_in, opened
from tests.serving import CONFIG, RunningDesk, token
from tests.waiting import leave_the_end_of

LIMITED = CONFIG.replace("enabled = false", "enabled = true")


def desk_with(folder: Path, **limits: int) -> RunningDesk:
    """A desk with rate limits; those that are not named are out of the way."""
    names = (
        *("login_failures_per_account", "login_failures_per_address"),
        *("lookup_failures_per_address", "lookup_failures_per_label", "public_creates_per_minute"),
    )
    told = "".join(f"{name} = {limits.get(name, 1_000_000)}\n" for name in names)
    return RunningDesk(folder, config=LIMITED.replace("enabled = true\n", f"enabled = true\n{told}"))


class Limited:
    """A desk with limits, and clients for it."""

    def __init__(self, folder: Path, **limits: int) -> None:
        self.desk = desk_with(folder, **limits).start()
        self.anyone = self.desk.client()
        self.alicia = self.desk.client(token("alicia", rol="admin"))

    def __enter__(self) -> "Limited":
        return self

    def __exit__(self, *error: object) -> None:
        self.anyone.close()
        self.alicia.close()
        assert self.desk.stop() == 0


@pytest.fixture(autouse=True)
def leave_the_end_of_the_quarter() -> None:
    """Failures of an account are counted by the quarter of an hour."""
    leave_the_end_of(900, margin=30)


def look_up(anyone: httpx.Client, label: str, email: str = PRINTER["email"]) -> httpx.Response:
    return anyone.post(f"{TICKETS}/consultar", json={"label": label, "email": email})


def refused(answer: httpx.Response) -> bool:
    if answer.status_code != 429:
        return False
    assert answer.json() == {"detail": "Demasiadas solicitudes, inténtalo más tarde"}
    assert 1 <= int(answer.headers["Retry-After"]) <= 3600
    return True


def test_wrong_passwords_shut_an_account_for_a_while_whether_it_exists_or_not(tmp_path: Path) -> None:
    with Limited(tmp_path, login_failures_per_account=5) as told:
        user, other = add_user(told.alicia), add_user(told.alicia)
        for email in (user["email"], "nadie@desk.example"):
            answers = [log_in(told.anyone, {"email": email}, "wrong") for _ in range(7)]
            assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 2
            assert refused(answers[-1])
        assert refused(log_in(told.anyone, user | {"email": user["email"].upper()}))
        assert log_in(told.anyone, other).status_code == 200


def test_passwords_guessed_all_at_once_are_counted_too(tmp_path: Path) -> None:
    with Limited(tmp_path, login_failures_per_account=5) as told:
        user = add_user(told.alicia)
        with ThreadPoolExecutor(20) as guessers:
            answers = list(guessers.map(lambda _: log_in(told.anyone, user, "wrong").status_code, range(40)))
        assert (answers.count(401), answers.count(429)) == (5, 35)


def test_wrong_passwords_from_one_address_shut_out_the_address(tmp_path: Path) -> None:
    with Limited(tmp_path, login_failures_per_address=3) as told:
        user = add_user(told.alicia)
        for _ in range(3):
            assert log_in(told.anyone, {"email": f"{uuid4().hex}@desk.example"}).status_code == 401
        assert refused(log_in(told.anyone, user))


def test_good_logins_are_not_counted(tmp_path: Path) -> None:
    with Limited(tmp_path, login_failures_per_account=2, login_failures_per_address=2) as told:
        user = add_user(told.alicia)
        assert {log_in(told.anyone, user).status_code for _ in range(5)} == {200}


def test_a_label_is_not_guessed_at_for_long_whether_it_exists_or_not(tmp_path: Path) -> None:
    with Limited(tmp_path, lookup_failures_per_label=4) as told:
        label = opened(told.anyone)["ticketLabel"]
        for tried in (label, "TKT-1999-00001", "no label"):
            answers = [look_up(told.anyone, tried, "otra@example.com") for _ in range(5)]
            assert [answer.status_code for answer in answers] == [404] * 4 + [429]
        assert refused(look_up(told.anyone, label.lower()))
        other = opened(told.anyone)["ticketLabel"]
        assert {look_up(told.anyone, other).status_code for _ in range(9)} == {200}


def test_wrong_lookups_from_one_address_shut_out_the_address(tmp_path: Path) -> None:
    with Limited(tmp_path, lookup_failures_per_address=3) as told:
        leave_the_end_of(60, margin=12)  # by the minute
        label = opened(told.anyone)["ticketLabel"]
        with ThreadPoolExecutor(20) as guessers:
            tried = [f"TKT-2026-{number:05}" for number in range(90_000, 90_040)]
            answers = [answer.status_code for answer in guessers.map(lambda one: look_up(told.anyone, one), tried)]
        assert (answers.count(404), answers.count(429)) == (3, 37)
        assert refused(look_up(told.anyone, label))


def test_failures_are_still_counted_after_a_restart(tmp_path: Path) -> None:
    with Limited(tmp_path, login_failures_per_account=2) as told:
        for _ in range(2):
            log_in(told.anyone, {"email": "nadie@desk.example"})
        told.desk.kill()
        told.desk.start()
        with told.desk.client() as anyone:
            assert refused(log_in(anyone, {"email": "nadie@desk.example"}))


def test_one_address_opens_only_so_many_tickets(tmp_path: Path) -> None:
    with Limited(tmp_path, public_creates_per_minute=3) as told:
        answers = [told.anyone.post(f"{TICKETS}/crear", json=PRINTER) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
        assert refused(answers[-1])
