"""What the claims of a token that is believed say of its bearer, and what they may not."""

from typing import Any

import pytest

from tests.wirekit.hand_signing import HMAC_READER, hand_signed, refused
from ventanilla.core.people import NO_PROFILE, Identity, Role


@pytest.mark.parametrize(
    "sub", [None, "", " ", "\0", "a\0b", "\x1b[31m", True, [], {}, ["ana"], 1.5, "x" * 256, 10**300]
)
async def test_token_that_names_nobody_is_refused(sub: Any) -> None:
    assert await refused(hand_signed(sub=sub), HMAC_READER)


@pytest.mark.parametrize(
    ("claims", "subject"), [({"sub": 7}, "7"), ({"sub": "", "userId": "u-1"}, "u-1"), ({"sub": "ñ"}, "ñ")]
)
async def test_subjects_of_the_five_contracts_are_understood(claims: dict[str, Any], subject: str) -> None:
    actor = await HMAC_READER.actor(hand_signed(**claims))
    assert actor.identity == Identity("app", subject)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"role": "admin"}, Role.ADMIN),
        ({"rol": "MESA"}, Role.AGENT),
        ({"roles": ["user", "agent", "admin"]}, Role.ADMIN),
        ({"rol": "AREA", "area": "Redes"}, Role.AREA_AGENT),
        ({"role": "Admin"}, None),
        ({"role": " admin"}, None),
        ({"role": {"admin": True}}, None),
        ({"role": [["admin"], {"a": 1}, None, 1]}, None),
        ({"is_admin": True, "isAdmin": True, "scope": "admin", "admin": True}, None),
    ],
)
async def test_only_the_words_of_the_contracts_make_staff(claims: dict[str, Any], role: Role | None) -> None:
    actor = await HMAC_READER.actor(hand_signed(**claims))
    assert (actor.role, actor.is_staff) == (role, role is not None)


@pytest.mark.parametrize(
    ("claims", "areas"),
    [
        ({"area": " Redes "}, ("Redes",)),
        ({"area": ["Redes", "Pagos", "redes", "", 7, {}]}, ("Redes", "Pagos", "7")),
        ({"areas": ["Pagos"]}, ("Pagos",)),
        ({"area": {"name": "Redes"}}, ()),
        ({}, ()),
    ],
)
async def test_an_area_agent_serves_the_areas_of_their_token(claims: dict[str, Any], areas: tuple[str, ...]) -> None:
    assert (await HMAC_READER.actor(hand_signed(rol="AREA", **claims))).areas == areas


async def test_strange_profile_claims_are_left_out_and_break_nothing() -> None:
    odd: list[Any] = [[], {}, True, "\0", 1.5, [[]], {"url": 7}]
    names = ("name", "email", "picture", "username", "first_name")
    for value in odd:
        actor = await HMAC_READER.actor(hand_signed(**dict.fromkeys(names, value)))
        assert actor.profile == NO_PROFILE


@pytest.mark.parametrize(
    "text", ["eve@example.org\r\nBcc: all@example.org", "<script>", "eve@", "ana@x.org, eve@x.org"]
)
async def test_email_claim_that_is_no_address_tells_and_proves_nothing(text: str) -> None:
    actor = await HMAC_READER.actor(hand_signed(email=text, email_verified=True))
    assert actor.profile.email == ""
    assert actor.verified_email is None


async def test_picture_is_an_address_of_the_web_or_none() -> None:
    for address in ("javascript:alert(1)", "data:text/html,x", "//evil.example/x", "file:///etc/passwd"):
        assert (await HMAC_READER.actor(hand_signed(picture=address))).profile.picture == ""
    wrapped = await HMAC_READER.actor(hand_signed(picture={"url": "https://img.example/ana.png"}))
    assert wrapped.profile.picture == "https://img.example/ana.png"
