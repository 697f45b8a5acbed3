"""The operator's token issuers, from settings to rules."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ventanilla.core.people import EMAIL_ISSUER, OWN_ISSUER, STAFF_ROLE_WORDS, Role
from ventanilla.settings import AuthSettings, IssuerSettings, wrong
from ventanilla.wirekit.keys import (
    BadKey,
    FetchedKeys,
    FixedKeys,
    KeySource,
    keys_from_jwks,
    public_key,
    secret_key,
)
from ventanilla.wirekit.tokens import DEFAULT_CLAIMS, IssuerRule

_KEY_SETTINGS = ("secret", "secret_file", "public_key_file", "jwks_file", "jwks_url")


def rules(settings: AuthSettings) -> list[IssuerRule]:
    """Return a rule for each issuer of the settings. Raises WrongSettings naming the issuer and what is wrong."""
    names = [issuer.name for issuer in settings.issuers]
    for number, name in enumerate(names):
        if name in names[:number] or name in (OWN_ISSUER, EMAIL_ISSUER):
            raise wrong(f"auth.issuers[{number}].name", f"{name!r} is taken; each issuer needs a name of its own")
    return [_rule(number, issuer) for number, issuer in enumerate(settings.issuers)]


def own_rule(secret: bytes) -> IssuerRule:
    """Return the rule for tokens that the desk mints itself."""
    return IssuerRule(name=OWN_ISSUER, algorithm="HS256", keys=FixedKeys([secret_key(secret)]), issuer=OWN_ISSUER)


def _rule(number: int, issuer: IssuerSettings) -> IssuerRule:
    where = f"auth.issuers[{number}]"
    source = _source(where, issuer)
    try:
        keys = _keys(issuer, source)
    except (BadKey, OSError, ValueError) as error:
        raise wrong(f"{where}.{source}", f"{issuer.name!r}: {error}") from error
    return IssuerRule(
        name=issuer.name,
        algorithm=issuer.algorithm,
        keys=keys,
        issuer=issuer.issuer,
        audience=issuer.audience,
        claims=_claims(where, issuer),
        staff_roles=_staff_roles(issuer),
        expiry_required=issuer.require_expiry,
        trusts_email=issuer.email_verified,
    )


def _source(where: str, issuer: IssuerSettings) -> str:
    """Return the one setting that says where the keys come from."""
    given = [name for name in _KEY_SETTINGS if getattr(issuer, name) is not None]
    if len(given) != 1:
        found = ", ".join(given) or "none"
        raise wrong(where, f"{issuer.name!r}: exactly one of {', '.join(_KEY_SETTINGS)} is needed, found {found}")
    (source,) = given
    if (issuer.algorithm == "HS256") != source.startswith("secret"):
        raise wrong(f"{where}.{source}", f"{issuer.name!r}: {issuer.algorithm} does not go with {source}")
    return source


def _keys(issuer: IssuerSettings, source: str) -> KeySource:
    value: str = getattr(issuer, source)
    make: dict[str, Callable[[], KeySource]] = {
        "secret": lambda: FixedKeys([secret_key(value)]),
        "secret_file": lambda: FixedKeys([secret_key(Path(value).read_bytes().strip())]),
        "public_key_file": lambda: FixedKeys([public_key(Path(value).read_bytes(), issuer.algorithm)]),
        "jwks_file": lambda: FixedKeys(keys_from_jwks(Path(value).read_bytes(), issuer.algorithm)),
        "jwks_url": lambda: FetchedKeys(value, issuer.algorithm),
    }
    return make[source]()


def _claims(where: str, issuer: IssuerSettings) -> Mapping[str, Sequence[str]]:
    for name in issuer.claims:
        if name not in DEFAULT_CLAIMS:
            known = ", ".join(DEFAULT_CLAIMS)
            raise wrong(f"{where}.claims.{name}", f"{issuer.name!r}: there is no claim {name}; there are {known}")
    told = {name: (keys,) if isinstance(keys, str) else tuple(keys) for name, keys in issuer.claims.items()}
    return {**DEFAULT_CLAIMS, **told}


def _staff_roles(issuer: IssuerSettings) -> Mapping[str, Role]:
    """Return the role words of this issuer; a word that no contract knows makes an agent."""
    if issuer.staff_roles is None:
        return STAFF_ROLE_WORDS
    return {word: STAFF_ROLE_WORDS.get(word, Role.AGENT) for word in issuer.staff_roles}
