"""Guesses at passwords: counted for the account and for where they come from, in all processes (security.md V18)."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.postgres import PostgresServer
from tests.serving import CONFIG
from tests.signing_in.conftest import StartHouse
from tests.signing_in.house import API, PASSWORD, House, new_email, running
from tests.waiting import leave_the_end_of

LIMITED = CONFIG.replace("enabled = false", "enabled = true\nperson_per_minute = 100000\naddress_per_minute = 100000")
PROXIED = 'trusted_proxies = ["127.0.0.1"]\n' + LIMITED


@pytest.fixture(autouse=True)
def leave_the_end_of_the_quarter() -> None:
    """Failures are counted by the quarter of an hour."""
    leave_the_end_of(900, margin=30)


def guess(house: House, email: str, address: str = "", password: str = "wrong") -> httpx.Response:
    headers = {"X-Forwarded-For": address, "X-Real-IP": address, "Forwarded": f"for={address}"} if address else {}
    told = {"email": email, "password": password}
    return httpx.post(f"{house.origin}{API}/session", json=told, headers=headers)


def test_two_hundred_guesses_get_five_answers_whether_somebody_is_there_or_not(start_house: StartHouse) -> None:
    house = start_house(config=LIMITED)
    house.set_up()
    for email in (house.admin_email, new_email()):
        with ThreadPoolExecutor(20) as guessers:
            answers = list(guessers.map(partial(guess, house), [email] * 100))
        statuses = [answer.status_code for answer in answers]
        assert (statuses.count(401), statuses.count(429)) == (5, 95)
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert 1 <= int(refused.headers["Retry-After"]) <= 900
        assert refused.json()["type"] == "/problems/rate-limited"
    # The right password does not tell a guesser that it is the right one.
    assert guess(house, house.admin_email, password=PASSWORD).status_code == 429
    assert house.admin.is_in()


def test_an_address_that_a_client_makes_up_does_not_help_it(start_house: StartHouse) -> None:
    house = start_house(config=LIMITED.replace("enabled = true", "enabled = true\nlogin_failures_per_address = 8"))
    house.set_up()
    statuses = [guess(house, new_email(), f"198.51.100.{number}").status_code for number in range(12)]
    assert statuses == [401] * 8 + [429] * 4


def test_behind_a_proxy_each_client_is_counted_by_its_own_address(start_house: StartHouse) -> None:
    config = PROXIED.replace("enabled = true", "enabled = true\nlogin_failures_per_address = 3")
    house = start_house(config=config)
    house.set_up()
    for address in ("198.51.100.1", "198.51.100.2"):
        statuses = [guess(house, new_email(), address).status_code for _ in range(5)]
        assert statuses == [401] * 3 + [429] * 2


def test_fifty_addresses_do_not_get_more_guesses_at_one_account(start_house: StartHouse) -> None:
    house = start_house(config=PROXIED)
    house.set_up()
    statuses = [guess(house, house.admin_email, f"198.51.100.{number}").status_code for number in range(50)]
    assert (statuses.count(401), statuses.count(429)) == (5, 45)


def test_guesses_are_counted_together_by_all_processes_and_after_a_restart(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    url = postgres_server.new_database()
    with running(tmp_path / "one", url, config=LIMITED) as one, running(tmp_path / "two", url, config=LIMITED) as two:
        two.set_up()
        found = [guess(house, two.admin_email).status_code for house in (one, two, one, two, one, two, one)]
        assert found == [401] * 5 + [429] * 2
        one.desk.kill()
        one.desk.start()
        assert guess(one, two.admin_email, password=PASSWORD).status_code == 429
    postgres_server.drop(url)


def test_good_sign_ins_are_not_counted(start_house: StartHouse) -> None:
    house = start_house(config=LIMITED)
    house.set_up()
    assert {guess(house, house.admin_email, password=PASSWORD).status_code for _ in range(9)} == {200}


def test_the_old_password_is_not_guessed_at_either(start_house: StartHouse) -> None:
    house = start_house(config=LIMITED)
    alicia = house.set_up()
    told = {"current": "wrong", "new": "another horse entirely"}
    statuses = [alicia.post(f"{API}/me/password", json=told).status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2


def test_links_are_not_guessed_at_for_long(start_house: StartHouse) -> None:
    house = start_house(config=LIMITED.replace("enabled = true", "enabled = true\nlogin_failures_per_address = 4"))
    tried = [httpx.post(f"{house.origin}{API}/links/check", json={"token": f"guess {n}"}) for n in range(6)]
    assert [answer.status_code for answer in tried] == [404] * 4 + [429] * 2
