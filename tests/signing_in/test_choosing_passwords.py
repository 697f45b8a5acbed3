"""Which passwords people may choose (ASVS 6.2): long ones, strange ones, and none that everybody has."""

from typing import Any

import httpx
import pytest

from tests.contracts.mesa import AUTH
from tests.serving import token
from tests.signing_in.house import API, PASSWORD, Browser, House

GOOD = {
    "eight characters": "vn4k92xq",
    "sixty-four": "a" * 64,
    "two hundred": "ñ" * 200,
    "past what bcrypt would read": "x" * 72 + "tail",
    "emoji": "🦙" * 8,
    "blanks around and inside": "  two words and a blank  ",
    "no letters": "48 15 16 23 42 0",
    "one letter over and over": "zzzzzzzzzzzzzzzzzzzzzzzz",
    "upper case alone": "ONLYUPPERCASEHERE",
    "another writing": "пароль моей бабушки",
}
BAD = {
    "seven": ("vn4k92x", "too_short"),
    "none": ("", "empty"),
    "two hundred and one": ("y" * 201, "too_long"),
    "common": ("password", "common_password"),
    "common, with capitals": ("PassWord123", "common_password"),
    "common digits": ("123456789", "common_password"),
    "from the end of the list": ("superman1", "common_password"),
    "no text": (12345678, "wrong_type"),
}


def choose(somebody: Browser, password: Any) -> httpx.Response:
    return somebody.post(f"{API}/me/password", json={"current": PASSWORD, "new": password})


@pytest.mark.parametrize("password", GOOD.values(), ids=GOOD)
def test_any_long_password_will_do_and_counts_to_its_last_character(house: House, password: str) -> None:
    marta = house.join()
    assert choose(marta, password).status_code == 204
    assert marta.sign_in(marta.email, password).status_code == 200
    assert house.browser().sign_in(marta.email, password[:-1]).status_code == 401
    assert house.browser().sign_in(marta.email, "x" + password[:-1].strip()).status_code == 401


@pytest.mark.parametrize(("password", "code"), BAD.values(), ids=BAD)
def test_a_bad_password_is_refused_with_its_reason(house: House, password: Any, code: str) -> None:
    marta = house.join()
    refused = choose(marta, password)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [("/new", code)]
    assert marta.sign_in(marta.email).status_code == 200


def test_nobody_takes_their_own_name_or_address(house: House) -> None:
    marta = house.join(name="Marta Ruiz Gil")
    for password in ("marta ruiz GIL", marta.email, marta.email.partition("@")[0]):
        assert choose(marta, password).json()["errors"][0]["code"] == "common_password"


def test_every_way_to_choose_a_password_refuses_a_common_one(house: House) -> None:
    marta = house.join()
    invited = house.admin.post(f"{API}/agents", json={"email": f"x{marta.email}", "name": "X", "role": "agent"}).json()
    reset = house.admin.post(f"{API}/agents/{marta.id}/reset").json()["url"].partition("#token=")[2]
    welcome = invited["invitation"]["url"].partition("#token=")[2]
    for path, link in (("invitations", welcome), ("resets", reset)):
        told = {"token": link, "password": "iloveyou1"}
        refused = house.browser().post(f"{API}/{path}/accept", json=told)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "common_password")
        assert house.browser().post(f"{API}/{path}/accept", json=told | {"password": PASSWORD}).status_code == 200


def test_contract_2_refuses_common_passwords_in_its_own_words(house: House) -> None:
    operator = house.bearer(token("operator", rol="admin"))
    user = {"email": f"y{house.join().email}", "password": "12345678", "nombre": "Yago", "rol": "MESA"}
    refused = operator.post(f"{AUTH}/users", json=user)
    assert refused.status_code == 400
    assert "demasiado común" in refused.json()["detail"]
