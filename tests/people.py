"""The people of the tests. Every sentence about the desk is told with them."""

from ventanilla.core.people import SYSTEM, Actor, ActorKind, Identity, Profile, Role, email_identity

APP = "app"
"""The issuer that vouches for the requesters."""

HOUSE = "house"
"""The issuer that vouches for the staff."""


def requester(name: str, subject: str, *, issuer: str = APP, email: str = "") -> Actor:
    profile = Profile(name=name, email=email)
    return Actor(kind=ActorKind.REQUESTER, identity=Identity(issuer, subject), profile=profile)


def staff(name: str, role: Role, *areas: str) -> Actor:
    subject = name.lower()
    profile = Profile(name=name, email=f"{subject}@desk.example")
    return Actor(kind=ActorKind.AGENT, identity=Identity(HOUSE, subject), profile=profile, role=role, areas=areas)


ANA = requester("Ana", "u-1", email="ana@example.org")
BRUNO = requester("Bruno", "u-2", email="bruno@example.org")

ELENA_EMAIL = "elena@example.org"
ELENA = Actor(
    kind=ActorKind.REQUESTER,
    identity=Identity(APP, "u-3"),
    verified_email=email_identity(ELENA_EMAIL),
    profile=Profile(name="Elena", email=ELENA_EMAIL),
)
"""A requester whose issuer vouches for her address."""

NOBODY = Actor(address="192.0.2.7")
"""Somebody who does not say who they are."""

REDES = "Redes"
PAGOS = "Pagos"

MARTA = staff("Marta", Role.AGENT)
RAUL = staff("Raúl", Role.AREA_AGENT, REDES)
SOFIA = staff("Sofía", Role.AREA_AGENT, PAGOS)
LEO = staff("Leo", Role.LIGHT_AGENT)
CARMEN = staff("Carmen", Role.SUPERVISOR)
ALICIA = staff("Alicia", Role.ADMIN)

STAFF = (MARTA, RAUL, SOFIA, LEO, CARMEN, ALICIA)
EVERYBODY = (ANA, BRUNO, ELENA, NOBODY, *STAFF, SYSTEM)


def with_key(access_key: str) -> Actor:
    """Somebody who knows nothing but a ticket's access key."""
    return Actor(access_key=access_key)
