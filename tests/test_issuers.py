"""Issuers as an operator names them: every source of keys works, and what is wrong with one is said in one line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, OKPKey, RSAKey

from tests.issuing import EDDSA, ES256, HS256, OTHER_RS256, RS256, SECRET, JwksServer, jwks, signed
from ventanilla import issuers, settings
from ventanilla.core.errors import Unauthenticated
from ventanilla.core.people import ActorKind, Identity, Role
from ventanilla.settings import AuthSettings, IssuerSettings, WrongSettings
from ventanilla.wirekit.keys import LARGEST_JWKS, FetchedKeys
from ventanilla.wirekit.tokens import IssuerRule, TokenReader


def reader(*named: IssuerSettings) -> TokenReader:
    return TokenReader(issuers.rules(AuthSettings(issuers=list(named))))


def an_issuer(**values: Any) -> IssuerSettings:
    return IssuerSettings(**({"name": "app", "algorithm": "HS256"} | values))


def complaint(**values: Any) -> str:
    with pytest.raises(WrongSettings) as refused:
        issuers.rules(AuthSettings(issuers=[an_issuer(**values)]))
    (line,) = str(refused.value).splitlines()
    return line


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    path = tmp_path / "key.pem"
    path.write_bytes(RS256.as_pem(private=False))
    return path


@pytest.fixture
def issuer_server() -> Iterator[JwksServer]:
    with JwksServer(jwks(RS256)).running() as server:
        yield server


class StoppedClock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_shared_secret_is_taken_from_the_settings_and_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    for issuer in (an_issuer(secret=SECRET), an_issuer(secret_file=str(file))):
        assert (await reader(issuer).actor(signed(HS256, "HS256"))).identity == Identity("app", "ana")


@pytest.mark.parametrize(("algorithm", "key"), [("RS256", RS256), ("ES256", ES256), ("EdDSA", EDDSA)])
async def test_public_key_is_taken_from_a_pem_file_and_from_a_jwks_file(
    tmp_path: Path, algorithm: str, key: RSAKey | ECKey | OKPKey
) -> None:
    pem, document = tmp_path / "key.pem", tmp_path / "jwks.json"
    pem.write_bytes(key.as_pem(private=False))
    document.write_bytes(jwks(RS256, ES256, EDDSA))
    for source in ({"public_key_file": str(pem)}, {"jwks_file": str(document)}):
        verifier = reader(an_issuer(algorithm=algorithm, **source))
        assert (await verifier.actor(signed(key, algorithm))).identity == Identity("app", "ana")


async def test_keys_are_fetched_from_a_jwks_address_on_first_need(issuer_server: JwksServer) -> None:
    verifier = reader(an_issuer(algorithm="RS256", jwks_url=issuer_server.url))
    assert issuer_server.asked == 0
    for _ in range(3):
        await verifier.actor(signed(RS256, "RS256", {"kid": "r1"}))
    assert issuer_server.asked == 1


async def test_new_key_of_an_issuer_is_fetched_when_a_token_names_it(issuer_server: JwksServer) -> None:
    clock = StoppedClock()
    verifier = fetching(issuer_server, clock)
    await verifier.actor(signed(RS256, "RS256", {"kid": "r1"}))
    issuer_server.document = jwks(RS256, OTHER_RS256)
    clock.now += 60
    await verifier.actor(signed(OTHER_RS256, "RS256", {"kid": "r2"}))
    await verifier.actor(signed(RS256, "RS256", {"kid": "r1"}))
    assert issuer_server.asked == 2


async def test_unknown_keys_make_the_desk_ask_at_most_once_a_minute(issuer_server: JwksServer) -> None:
    clock = StoppedClock()
    verifier = fetching(issuer_server, clock)
    for second in range(180):
        clock.now = float(second)
        with pytest.raises(Unauthenticated):
            await verifier.actor(signed(OTHER_RS256, "RS256", {"kid": f"made up {second}"}))
    assert issuer_server.asked == 3


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 500},
        {"status": 302, "headers": {"Location": "http://127.0.0.1:1/elsewhere"}},
        {"document": b"<html>gone</html>"},
        {"document": b'{"keys": []}'},
        {"document": b"[" * 60_000},
        {"document": b" " * (LARGEST_JWKS + 1)},
        {"headers": {"Content-Length": "9"}},
        {"is_rude": True},
    ],
    ids=["error", "redirect", "page", "no keys", "nested", "too large", "cut off", "no HTTP"],
)
async def test_keys_stay_when_they_cannot_be_fetched_again(issuer_server: JwksServer, trouble: dict[str, Any]) -> None:
    clock = StoppedClock()
    verifier = fetching(issuer_server, clock)
    await verifier.actor(signed(RS256, "RS256", {"kid": "r1"}))
    for name, value in trouble.items():
        setattr(issuer_server, name, value)
    clock.now += 61
    with pytest.raises(Unauthenticated):
        await verifier.actor(signed(OTHER_RS256, "RS256", {"kid": "r2"}))
    assert issuer_server.asked == 2
    assert await verifier.actor(signed(RS256, "RS256", {"kid": "r1"}, name="again"))


async def test_key_that_its_issuer_took_back_ends_within_the_hour(issuer_server: JwksServer) -> None:
    clock = StoppedClock()
    verifier = fetching(issuer_server, clock)
    await verifier.actor(signed(RS256, "RS256", {"kid": "r1"}))
    issuer_server.document = jwks(OTHER_RS256)
    clock.now += 3600
    with pytest.raises(Unauthenticated):
        await verifier.actor(signed(RS256, "RS256", {"kid": "r1"}, name="again"))


async def test_address_that_nobody_serves_is_no_error_but_nobody_gets_in() -> None:
    verifier = reader(an_issuer(algorithm="RS256", jwks_url="http://127.0.0.1:1/jwks.json"))
    with pytest.raises(Unauthenticated):
        await verifier.actor(signed(RS256, "RS256"))


async def test_keys_for_encryption_and_of_other_kinds_are_passed_over(tmp_path: Path) -> None:
    listed = [
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "unheard-of", "kid": "x"},
        {"kty": "RSA", "n": "broken"},
        OTHER_RS256.as_dict(private=False) | {"use": "enc"},
        OTHER_RS256.as_dict(private=False) | {"alg": "RS512"},
        RS256.as_dict(private=False) | {"use": "sig", "alg": "RS256"},
    ]
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps({"keys": listed}))
    verifier = reader(an_issuer(algorithm="RS256", jwks_file=str(file)))
    assert await verifier.actor(signed(RS256, "RS256"))
    with pytest.raises(Unauthenticated):
        await verifier.actor(signed(OTHER_RS256, "RS256", {"kid": "r2"}))


async def test_same_subject_of_two_issuers_is_two_people() -> None:
    verifier = reader(
        an_issuer(name="one", issuer="https://one.example", secret=SECRET),
        an_issuer(name="two", issuer="https://two.example", secret=SECRET[::-1]),
    )
    one = await verifier.actor(signed(HS256, "HS256", iss="https://one.example"))
    other_key = type(HS256).import_key(SECRET[::-1])
    two = await verifier.actor(signed(other_key, "HS256", iss="https://two.example"))
    assert (one.identity, two.identity) == (Identity("one", "ana"), Identity("two", "ana"))
    with pytest.raises(Unauthenticated):
        await verifier.actor(signed(HS256, "HS256", iss="https://two.example"))


async def test_claims_are_read_where_the_operator_says() -> None:
    verifier = reader(an_issuer(secret=SECRET, claims={"subject": "uid", "role": ["perms", "role"]}))
    found = await verifier.actor(signed(HS256, "HS256", sub="not this", uid="u-7", perms=["x", "admin"]))
    assert (found.identity, found.role) == (Identity("app", "u-7"), Role.ADMIN)


async def test_role_words_are_those_that_the_operator_lists() -> None:
    verifier = reader(an_issuer(secret=SECRET, staff_roles=["helpdesk", "AREA"]))
    assert (await verifier.actor(signed(HS256, "HS256", role="helpdesk"))).role is Role.AGENT
    assert (await verifier.actor(signed(HS256, "HS256", role="AREA"))).role is Role.AREA_AGENT
    assert (await verifier.actor(signed(HS256, "HS256", role="admin"))).kind is ActorKind.REQUESTER


async def test_issuer_without_staff_roles_makes_nobody_staff() -> None:
    found = await reader(an_issuer(secret=SECRET, staff_roles=[])).actor(signed(HS256, "HS256", role="admin"))
    assert found.kind is ActorKind.REQUESTER


async def test_token_without_an_end_is_taken_only_where_the_operator_allows_it() -> None:
    eternal = signed(HS256, "HS256", exp=None)
    assert await reader(an_issuer(secret=SECRET, require_expiry=False)).actor(eternal)
    with pytest.raises(Unauthenticated):
        await reader(an_issuer(secret=SECRET)).actor(eternal)


async def test_address_is_vouched_for_by_the_operator_or_by_the_token() -> None:
    plain = signed(HS256, "HS256", email="ana@example.org")
    assert (await reader(an_issuer(secret=SECRET)).actor(plain)).verified_email is None
    assert (await reader(an_issuer(secret=SECRET, email_verified=True)).actor(plain)).verified_email is not None
    said = signed(HS256, "HS256", email="ana@example.org", email_verified=True)
    assert (await reader(an_issuer(secret=SECRET)).actor(said)).verified_email is not None


def test_issuer_without_keys_and_with_two_kinds_is_refused(pem: Path) -> None:
    assert "exactly one of" in complaint()
    assert "found secret, secret_file" in complaint(secret=SECRET, secret_file="x")


@pytest.mark.parametrize("source", ["public_key_file", "jwks_file", "jwks_url"])
def test_shared_secret_algorithm_takes_no_public_keys(source: str) -> None:
    assert f"HS256 does not go with {source}" in complaint(**{source: "x"})


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
def test_public_key_algorithms_take_no_secret(algorithm: str) -> None:
    assert f"{algorithm} does not go with secret" in complaint(algorithm=algorithm, secret=SECRET)


def test_short_secret_is_refused_without_showing_it() -> None:
    told = complaint(secret="swordfish")
    assert "9 bytes, 32 or more are needed" in told
    assert "swordfish" not in told


def test_public_key_given_as_a_secret_is_refused(pem: Path) -> None:
    assert "not a shared secret" in complaint(secret_file=str(pem))
    assert "not a shared secret" in complaint(secret=pem.read_text())


def test_key_of_another_kind_is_refused(pem: Path) -> None:
    assert "no public key for ES256" in complaint(algorithm="ES256", public_key_file=str(pem))
    assert "no public key for EdDSA" in complaint(algorithm="EdDSA", public_key_file=str(pem))


def test_file_that_is_no_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"\x00\xff nothing of the kind")
    assert "no public key" in complaint(algorithm="RS256", public_key_file=str(file))
    assert "no JWKS document" in complaint(algorithm="RS256", jwks_file=str(file))
    file.write_bytes(jwks(ES256))
    assert "has no key for RS256" in complaint(algorithm="RS256", jwks_file=str(file))


@pytest.mark.parametrize("source", ["public_key_file", "jwks_file"])
def test_file_that_is_not_there_is_named(source: str) -> None:
    assert "nowhere" in complaint(algorithm="RS256", **{source: "/nowhere/key"})


@pytest.mark.parametrize(
    "url",
    ["http://issuer.example/jwks", "ftp://issuer.example/jwks", "file:///etc/passwd", "issuer.example", "http://["],
)
def test_keys_are_fetched_over_https_or_from_this_machine(url: str) -> None:
    assert "auth.issuers" in complaint(algorithm="RS256", jwks_url=url)


@pytest.mark.parametrize("name", ["ventanilla", "email"])
def test_names_of_the_desk_itself_are_taken(name: str) -> None:
    assert f"{name!r} is taken" in complaint(name=name, secret=SECRET)


def test_two_issuers_of_one_name_are_refused() -> None:
    twice = AuthSettings(issuers=[an_issuer(secret=SECRET), an_issuer(secret=SECRET)])
    with pytest.raises(WrongSettings, match=r"auth\.issuers\[1\]\.name: 'app' is taken"):
        issuers.rules(twice)


def test_unknown_claim_of_the_map_is_refused() -> None:
    assert "there is no claim nickname" in complaint(secret=SECRET, claims={"nickname": "x"})


def test_wrong_issuer_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "desk.toml"
    good = f'[[auth.issuers]]\nname = "a"\nalgorithm = "HS256"\nsecret = "{SECRET}"\n'
    file.write_text(f'{good}\n[[auth.issuers]]\nname = "b"\nalgorithm = "HS256"\nsecret = "short"\n')
    monkeypatch.setenv("VENTANILLA_CONFIG", str(file))
    with pytest.raises(WrongSettings, match=r"desk\.toml, line 9: auth\.issuers\[1\]\.secret: 'b': "):
        issuers.rules(settings.load().auth)


def fetching(server: JwksServer, clock: StoppedClock) -> TokenReader:
    """A reader whose keys come from the server, on a clock of the test's own."""
    return TokenReader([IssuerRule("app", "RS256", FetchedKeys(server.url, "RS256", clock))])
