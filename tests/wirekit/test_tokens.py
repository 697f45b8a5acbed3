"""Tokens that nobody must believe (shared/security.md V16, checklist 8 and 9): always 401, never anything else."""

import asyncio
import base64
import hmac
import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Clock
from tests.issuing import HS256, KEYS, OTHER_RS256, RS256, SECRET, jwks, part, signed
from tests.wirekit.hand_signing import (
    EVERY_ALGORITHM,
    HMAC_READER,
    hand_signed,
    hmac_token,
    in_an_hour,
    raw_signed,
    reader_for,
    refused,
)
from ventanilla.core.errors import Unauthenticated
from ventanilla.core.people import Actor, ActorKind, Identity
from ventanilla.wirekit.keys import FixedKeys
from ventanilla.wirekit.tokens import CACHE_SIZE, IssuerRule, TokenMaker, TokenReader

ISSUER, AUDIENCE = "https://issuer.example", "desk"


RSA_READER = reader_for("RS256")
STRICT_READER = reader_for("HS256", issuer=ISSUER, audience=AUDIENCE)


@pytest.mark.parametrize("algorithm", list(KEYS))
async def test_good_token_names_its_bearer(algorithm: str) -> None:
    actor = await EVERY_ALGORITHM.actor(signed(KEYS[algorithm], algorithm, name="Ana", email="ana@example.org"))
    assert actor.identity == Identity(algorithm, "ana")
    assert (actor.kind, actor.profile.name) == (ActorKind.REQUESTER, "Ana")


@pytest.mark.parametrize("word", ["none", "None", "NONE", "nOnE", "", "hs256", "HS256 ", "RS256\0", None, 0, [], {}])
async def test_no_spelling_of_no_algorithm_is_believed(word: Any) -> None:
    header, claims = part({"alg": word, "typ": "JWT"}), part({"sub": "ana", "exp": in_an_hour()})
    for signature in ("", part(b"x" * 32), part(hmac.new(SECRET.encode(), b"", sha256).digest())):
        assert await refused(f"{header}.{claims}.{signature}")


async def test_header_without_an_algorithm_is_not_believed() -> None:
    assert await refused(f"{part({'typ': 'JWT'})}.{part({'sub': 'ana', 'exp': in_an_hour()})}.")


def public_forms() -> dict[str, bytes]:
    """The public key of the issuer in every form that somebody may take for a secret."""
    pem = RS256.as_pem(private=False)
    jwk = RS256.as_dict(private=False)
    return {
        "PEM": pem,
        "PEM without its last newline": pem.strip(),
        "PEM with DOS line ends": pem.replace(b"\n", b"\r\n"),
        "DER": RS256.as_der(private=False),
        "JWK": json.dumps(jwk).encode(),
        "JWK in one piece": json.dumps(jwk, separators=(",", ":"), sort_keys=True).encode(),
        "JWKS": jwks(RS256),
        "modulus": str(jwk["n"]).encode(),
        "nothing": b"",
    }


@pytest.mark.parametrize("form", list(public_forms()))
async def test_public_key_is_no_shared_secret(form: str) -> None:
    forged = hmac_token(
        public_forms()[form], {"alg": "HS256", "kid": "r1"}, {"sub": "ana", "role": "admin", "exp": in_an_hour()}
    )
    assert await refused(forged, RSA_READER)
    assert await refused(forged)


@pytest.mark.parametrize("algorithm", ["HS384", "HS512", "RS384", "RS512", "PS256", "ES256", "EdDSA"])
async def test_algorithm_is_the_issuers_and_not_the_tokens(algorithm: str) -> None:
    header, claims = part({"alg": algorithm}), part({"sub": "ana", "exp": in_an_hour()})
    assert await refused(f"{header}.{claims}.{part(b'x' * 64)}", RSA_READER)


async def test_key_that_the_token_brings_along_is_not_used() -> None:
    own = OTHER_RS256.as_dict(private=False)
    for header in (
        {"jwk": own},
        {"jku": "https://evil.example/jwks.json"},
        {"x5u": "https://evil.example/cert.pem"},
        {"x5c": ["MIIB"]},
        {"jwk": own, "kid": "r1"},
        {"kid": "../../../dev/null"},
        {"kid": "r1' UNION SELECT 'x"},
    ):
        forged = json.dumps({"alg": "RS256", **header}).encode()
        signing = f"{part(forged)}.{part({'sub': 'ana', 'exp': in_an_hour()})}"
        signature = signed(OTHER_RS256, "RS256").rsplit(".", 1)[1]
        assert await refused(f"{signing}.{signature}", RSA_READER)
    assert await refused(signed(OTHER_RS256, "RS256", {"jwk": own, "kid": "r1"}), RSA_READER)


async def test_extensions_that_the_desk_does_not_know_are_not_waved_through() -> None:
    unknown: list[dict[str, Any]] = [{"crit": ["exp2"], "exp2": 1}, {"crit": []}, {"crit": "exp"}, {"crit": ["b64"]}]
    for header in unknown:
        forged = hmac_token(SECRET.encode(), {"alg": "HS256", **header}, {"sub": "ana", "exp": in_an_hour()})
        assert await refused(forged, HMAC_READER)


async def test_headers_that_mean_nothing_here_do_no_harm() -> None:
    header = {"alg": "HS256", "typ": "at+jwt", "cat": "cl_B7d4", "ver": 2, "kid": "unheard-of"}
    assert not await refused(hmac_token(SECRET.encode(), header, {"sub": "ana", "exp": in_an_hour()}), HMAC_READER)


@pytest.mark.parametrize("iss", [None, "", "https://evil.example", ISSUER + "/", ISSUER.upper(), [ISSUER], {"a": 1}, 7])
async def test_token_of_another_issuer_is_refused(iss: Any) -> None:
    assert await refused(hand_signed(iss=iss, aud=AUDIENCE), STRICT_READER)


@pytest.mark.parametrize("aud", [None, "", "desk2", "DESK", [], ["desk2"], [["desk"]], {"desk": 1}, 7, True])
async def test_token_for_another_audience_is_refused(aud: Any) -> None:
    assert await refused(hand_signed(iss=ISSUER, aud=aud), STRICT_READER)


@pytest.mark.parametrize("aud", [AUDIENCE, ["other", AUDIENCE]])
async def test_token_for_the_desk_and_others_is_taken(aud: Any) -> None:
    assert not await refused(hand_signed(iss=ISSUER, aud=aud), STRICT_READER)


@pytest.mark.parametrize(
    "exp",
    [
        *("", "tomorrow", "99999999999", "inf", True, False, [], {}, [4_000_000_000], {"a": 1}, None),
        *(0, -1, -4_000_000_000, 10**15, 10**30, 10**4000, 1e300, 0.5),
    ],
)
async def test_end_that_is_no_time_to_come_is_refused(exp: Any) -> None:
    assert await refused(hand_signed(exp=exp), HMAC_READER)


@pytest.mark.parametrize("raw", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"1" * 5_000, b"0x10", b"1_0", b"01"])
async def test_end_that_is_no_json_number_is_refused(raw: bytes) -> None:
    assert await refused(raw_signed(b'{"sub":"ana","exp":' + raw + b"}"), HMAC_READER)


async def test_token_ends_and_begins_with_a_minute_of_grace(clock: Clock) -> None:
    reader = TokenReader([IssuerRule("app", "HS256", FixedKeys([HS256]))], lambda: clock.now.timestamp())
    now = int(clock.now.timestamp())
    token = hand_signed(nbf=now + 60, exp=now + 600)
    assert await reader.actor(token)
    clock.forward(seconds=659)
    assert await reader.actor(token)
    clock.forward(seconds=1)
    assert await refused(token, reader)
    assert await refused(hand_signed(nbf=now + 660 + 61, exp=now + 9_000), reader)


async def test_remembered_token_ends_on_time_too(clock: Clock) -> None:
    reader = TokenReader([IssuerRule("app", "HS256", FixedKeys([HS256]))], lambda: clock.now.timestamp())
    token = hand_signed(exp=int(clock.now.timestamp()) - 30)
    assert await reader.actor(token)
    clock.forward(seconds=31)
    assert await refused(token, reader)


@pytest.mark.parametrize("nbf", ["", "now", True, [], -1, 10**30, 1e300])
async def test_beginning_that_is_no_time_is_refused(nbf: Any) -> None:
    assert await refused(hand_signed(nbf=nbf), HMAC_READER)


@pytest.mark.parametrize("algorithm", list(KEYS))
async def test_no_bit_of_a_token_may_be_flipped(algorithm: str) -> None:
    token = signed(KEYS[algorithm], algorithm)
    header, claims, signature = token.split(".")
    for number in range(0, len(token), 7):
        if token[number] == ".":
            continue
        flipped = token[:number] + ("A" if token[number] != "A" else "B") + token[number + 1 :]
        if unpadded(flipped) != unpadded(token):
            assert await refused(flipped), number
    for changed in (f"{header}.{claims}.", f"{header}.{claims}.{signature[:-4]}", f"{claims}.{header}.{signature}"):
        assert await refused(changed)


async def test_signature_of_one_token_does_not_fit_another() -> None:
    ana, bruno = signed(HS256, "HS256").split("."), signed(HS256, "HS256", sub="bruno").split(".")
    assert await refused(".".join([*ana[:2], bruno[2]]))


@pytest.mark.parametrize(
    "token",
    [
        *("", ".", "..", "...", "a.b.c", "a.b", "e30.e30.", "e30.e30.e30", " ", "null", "{}", "Bearer x.y.z"),
        *("ñ.ñ.ñ", "🙂.🙂.🙂", "\ud800.\udfff.\ud800", "\0.\0.\0", "é" * 3_000, "\u202e.e30.e30", "٣.٣.٣"),
        *("A" * 20_000, f"{'A' * 7_000}.{'A' * 7_000}.{'A' * 6_000}", "." * 20_000),
        *(f"{part([])}.{part([])}.x", f"{part('x')}.{part(1)}.x", f"{part(None)}.{part(None)}.x"),
        *(f"{part(bytes([255, 254]))}.{part(bytes([255]))}.x", f"{part(b'')}.{part(b'')}.", "=.=.=", "====.====.===="),
    ],
)
async def test_garbage_is_refused(token: str) -> None:
    assert await refused(token)


async def test_well_signed_token_of_twenty_kilobytes_is_refused() -> None:
    assert await refused(hand_signed(note="x" * 20_000), HMAC_READER)


@pytest.mark.parametrize("bomb", [b"[" * 9_000, b"[" * 4_000 + b"]" * 4_000, b'{"a":' * 1_500 + b"1" + b"}" * 1_500])
async def test_json_bombs_are_refused(bomb: bytes) -> None:
    claims = b'{"sub":"ana","exp":4000000000,"x":' + bomb + b"}"
    assert await refused(raw_signed(claims), HMAC_READER)
    header = b'{"alg":"HS256","x":' + bomb + b"}"
    assert await refused(f"{part(header)}.{part({'sub': 'ana', 'exp': 4_000_000_000})}.x", HMAC_READER)


async def test_memory_of_tokens_is_bounded() -> None:
    reader = reader_for("HS256")
    for number in range(CACHE_SIZE + 50):
        await reader.actor(hand_signed(sub=number, exp=4_000_000_000))
    assert len(reader._known) == CACHE_SIZE


async def test_own_tokens_are_read_by_the_own_issuer_alone() -> None:
    maker = TokenMaker(SECRET.encode())
    token = maker.token("ana", 60, {"role": "user", "name": "Ana", "area": None})
    own = reader_for("HS256", issuer="ventanilla")
    assert (await own.actor(token)).profile.name == "Ana"
    assert await refused(token, STRICT_READER)
    assert await refused(TokenMaker(b"another secret of thirty-two bytes").token("ana", 60, {}), own)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
CLAIMS = st.dictionaries(
    st.sampled_from(
        ["sub", "id", "exp", "nbf", "iat", "iss", "aud", "role", "roles", "name", "email", "picture", "area"]
    ),
    JSON,
)
HEADERS = st.dictionaries(st.sampled_from(["kid", "typ", "cty", "crit", "jwk", "jku", "x5u", "b64", "zip"]), JSON)


@given(HEADERS, CLAIMS)
def test_whatever_header_and_claims_hold_there_is_a_bearer_or_a_refusal(
    header: dict[str, Any], claims: dict[str, Any]
) -> None:
    token = hmac_token(SECRET.encode(), {**header, "alg": "HS256"}, {"exp": in_an_hour(), **claims})
    outcome = asyncio.run(outcome_of(HMAC_READER, token))
    assert outcome is None or outcome.identity is not None


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: f"{part(raw)}.{part(raw[::-1])}.{part(raw)}"))
def test_no_text_at_all_is_believed(token: str) -> None:
    assert asyncio.run(outcome_of(EVERY_ALGORITHM, token)) is None


@given(st.sampled_from(["RS256", "ES256", "EdDSA"]), st.binary(max_size=600))
def test_no_signature_out_of_thin_air_fits(algorithm: str, signature: bytes) -> None:
    header, claims = part({"alg": algorithm, "kid": KEYS[algorithm].kid}), part({"sub": "ana", "exp": in_an_hour()})
    assert asyncio.run(outcome_of(EVERY_ALGORITHM, f"{header}.{claims}.{part(signature)}")) is None


async def outcome_of(reader: TokenReader, token: str) -> Actor | None:
    try:
        return await reader.actor(token)
    except Unauthenticated:
        return None


def unpadded(token: str) -> list[bytes]:
    """What the parts of a token say; the last character of base64 has bits that say nothing."""
    return [base64.urlsafe_b64decode(one + "=" * (-len(one) % 4)) for one in token.split(".")]
