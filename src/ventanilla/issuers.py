"""The operator's token issuers, from settings to rules."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ventanilla.core.people import OWN_ISSUER, STAFF_ROLE_WORDS, Role
from ventanilla.settings import AuthSettings, IssuerSettings, WrongSettings
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
    for name in names:
        if names.count(name) > 1 or name in (OWN_ISSUER, "email"):
            raise WrongSettings(f"auth.issuers: the name {name!r} is taken; each issuer needs a name of its own")
    return [_rule(issuer) for issuer in settings.issuers]


def own_rule(secret: bytes) -> IssuerRule:
    """Return the rule for tokens that the desk mints itself."""
    return IssuerRule(name=OWN_ISSUER, algorithm="HS256", keys=FixedKeys([secret_key(secret)]), issuer=OWN_ISSUER)


def _rule(issuer: IssuerSettings) -> IssuerRule:
    try:
        keys = _keys(issuer)
    except (BadKey, OSError) as error:
        raise WrongSettings(f"auth.issuers {issuer.name!r}: {error}") from error
    return IssuerRule(
        name=issuer.name,
        algorithm=issuer.algorithm,
        keys=keys,
        issuer=issuer.issuer,
        audience=issuer.audience,
        claims=_claims(issuer),
        staff_roles=_staff_roles(issuer),
        expiry_required=issuer.require_expiry,
        trusts_email=issuer.email_verified,
    )


def _keys(issuer: IssuerSettings) -> KeySource:
    given = [name for name in _KEY_SETTINGS if getattr(issuer, name) is not None]
    if len(given) != 1:
        raise BadKey(f"exactly one of {', '.join(_KEY_SETTINGS)} is needed, found {', '.join(given) or 'none'}")
    (source,) = given
    value: str = getattr(issuer, source)
    shared = issuer.algorithm == "HS256"
    if shared != source.startswith("secret"):
        raise BadKey(f"{issuer.algorithm} does not go with {source}")
    make: dict[str, Callable[[], KeySource]] = {
        "secret": lambda: FixedKeys([secret_key(value)]),
        "secret_file": lambda: FixedKeys([secret_key(Path(value).read_bytes().strip())]),
        "public_key_file": lambda: FixedKeys([public_key(Path(value).read_bytes(), issuer.algorithm)]),
        "jwks_file": lambda: FixedKeys(keys_from_jwks(Path(value).read_bytes(), issuer.algorithm)),
        "jwks_url": lambda: FetchedKeys(value, issuer.algorithm),
    }
    return make[source]()


def _claims(issuer: IssuerSettings) -> Mapping[str, Sequence[str]]:
    for name in issuer.claims:
        if name not in DEFAULT_CLAIMS:
            raise WrongSettings(
                f"auth.issuers {issuer.name!r}: claims.{name} is not known; there are {', '.join(DEFAULT_CLAIMS)}"
            )
    told = {name: (keys,) if isinstance(keys, str) else tuple(keys) for name, keys in issuer.claims.items()}
    return {**DEFAULT_CLAIMS, **told}


def _staff_roles(issuer: IssuerSettings) -> Mapping[str, Role]:
    """Return the role words of this issuer; a word that no contract knows makes an agent."""
    if issuer.staff_roles is None:
        return STAFF_ROLE_WORDS
    return {word: STAFF_ROLE_WORDS.get(word, Role.AGENT) for word in issuer.staff_roles}
