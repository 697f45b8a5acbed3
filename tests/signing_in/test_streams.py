"""A stream of events lasts no longer than what let its follower in."""

import time
from collections.abc import Callable

import pytest

from tests.contracts.test_desk_events import followed
from tests.signing_in.house import API, PASSWORD, Browser, House

SOON = 20.0
"""Seconds; without being told, a stream asks every 25 s who follows it."""


def sign_out_there(house: House, marta: Browser) -> None:
    elsewhere = house.browser()
    signed_in = elsewhere.post(f"{API}/session", json={"email": marta.email, "password": PASSWORD})
    assert signed_in.status_code == 200
    (followed,) = [one for one in elsewhere.get(f"{API}/sessions").json()["data"] if not one["is_current"]]
    assert elsewhere.delete(f"{API}/sessions/{followed['id']}").status_code == 204


def shut_the_account(house: House, marta: Browser) -> None:
    house.change(marta, is_active=False)


def sign_out(house: House, marta: Browser) -> None:
    assert marta.delete(f"{API}/session").status_code == 204


@pytest.mark.parametrize("shut_out", [sign_out, sign_out_there, shut_the_account])
def test_a_stream_ends_with_the_session_or_the_account(
    house: House, shut_out: Callable[[House, Browser], None]
) -> None:
    marta = house.join()
    with followed(marta, Cookie=cookie_of(marta)) as frames:
        next(frames)
        next(frames)
        began = time.monotonic()
        shut_out(house, marta)
        left = [frame for frame in frames if frame.get("event") != "presence"]
    assert time.monotonic() < began + SOON
    assert left == []


def test_a_stream_goes_on_when_somebody_else_is_shut_out(house: House) -> None:
    marta, leo = house.join(), house.join()
    with followed(marta, Cookie=cookie_of(marta)) as frames:
        next(frames)
        next(frames)
        house.change(leo, is_active=False)
        opened = {"requester": {"name": "B", "email": "b@example.com"}, "subject": "S", "body": "B"}
        ticket = house.admin.post(f"{API}/tickets", json=opened).json()["id"]
        while f'"id":{ticket}' not in next(frames).get("data", ""):
            pass


def cookie_of(browser: Browser) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)
