"""Passwords of any length and script; nobody can tell an unknown account from a wrong password."""

import asyncio
from typing import Any

import pytest
from argon2 import PasswordHasher

from ventanilla.core.errors import RateLimited
from ventanilla.wirekit.passwords import Passwords

GOOD = "correcto caballo batería grapa"


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords()


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were hashed for a comparison, each at full cost."""
    checked: list[str] = []
    verify = PasswordHasher.verify

    def counting(self: PasswordHasher, hash: Any, password: Any) -> Any:
        checked.append(password)
        return verify(self, hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    return checked


@pytest.mark.parametrize(
    "password",
    ["8 chars!", "x" * 64, "x" * 200, "🔑🐎🔋📎" * 16, "contraseña ñandú", "e\u0301", " blanks ", "nul\x00nul", "\x07"],
)
async def test_password_fits_as_it_was_set_and_no_other_way(passwords: Passwords, password: str) -> None:
    kept = passwords.hash(password)
    assert await passwords.fits(kept, password)
    assert not await passwords.fits(kept, password + "x")
    assert not await passwords.fits(kept, password[:-1])


async def test_nothing_is_cut_off_at_72_bytes(passwords: Passwords) -> None:
    kept = passwords.hash("x" * 72 + "a")
    assert not await passwords.fits(kept, "x" * 72 + "b")


async def test_unknown_account_costs_a_hash_like_a_wrong_password(passwords: Passwords, checks: list[str]) -> None:
    kept = passwords.hash(GOOD)
    assert not await passwords.fits(kept, "wrong")
    assert not await passwords.fits(None, "wrong")
    assert checks == ["wrong", "wrong"]


async def test_no_password_fits_an_unknown_account(passwords: Passwords) -> None:
    for guess in ("", GOOD, "nobody has this password"):
        assert not await passwords.fits(None, guess)


@pytest.mark.parametrize("kept", ["", "x", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$", "$2b$12$abcdefghijklmnopqrstuu"])
async def test_hash_that_cannot_be_read_fits_nothing(passwords: Passwords, kept: str) -> None:
    assert not await passwords.fits(kept, GOOD)


async def test_half_a_surrogate_pair_fits_nothing(passwords: Passwords) -> None:
    assert not await passwords.fits(passwords.hash(GOOD), "\ud800")


def test_two_hashes_of_one_password_differ_and_say_how_they_were_made(passwords: Passwords) -> None:
    one, two = passwords.hash(GOOD), passwords.hash(GOOD)
    assert one != two
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_queue_for_hashing_is_bounded_and_empties_again(passwords: Passwords) -> None:
    kept = await passwords.choose(GOOD, "password")
    tries = await asyncio.gather(*(passwords.fits(kept, GOOD) for _ in range(60)), return_exceptions=True)
    assert sum(result is True for result in tries) == 50
    assert sum(isinstance(result, RateLimited) for result in tries) == 10
    assert await passwords.fits(kept, GOOD)
