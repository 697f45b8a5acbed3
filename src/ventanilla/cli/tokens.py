"""Minting tokens of the desk's own issuer."""

import asyncio
from collections.abc import Sequence

from ventanilla import app, settings
from ventanilla.actions import housekeeping
from ventanilla.cli.refusal import Refused
from ventanilla.core.people import STAFF_ROLE_WORDS, Role
from ventanilla.settings import WrongSettings
from ventanilla.wirekit.emails import is_email
from ventanilla.wirekit.tokens import LONGEST_SUBJECT, TokenMaker

USER = "user"


def mint(subject: str, role: str, name: str, email: str, areas: Sequence[str], hours: float) -> str:
    """Return a JWT.

    Raises Refused for what the desk would not understand, WrongSettings when it does not trust its own issuer.
    """
    _check(subject, role, email, areas)
    found = settings.load()
    if not found.auth.own_issuer:
        raise WrongSettings("auth.own_issuer is false: this desk accepts no tokens of its own")
    claims = {"role": role, "name": name, "email": email, "area": areas[0] if len(areas) == 1 else list(areas)}
    return asyncio.run(_maker(found)).token(subject, int(hours * 3600), claims)


def _check(subject: str, role: str, email: str, areas: Sequence[str]) -> None:
    if not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise Refused(f"--sub: the id of a person has 1 to {LONGEST_SUBJECT} characters")
    if role not in (USER, *STAFF_ROLE_WORDS):
        raise Refused(f"--role {role}: there are {USER}, {', '.join(STAFF_ROLE_WORDS)}")
    if STAFF_ROLE_WORDS.get(role) is Role.AREA_AGENT and not any(area.strip() for area in areas):
        raise Refused(f"--role {role} needs --area: without one, it sees no ticket")
    if email and not is_email(email):
        raise Refused(f"--email: {email} is no e-mail address")


async def _maker(found: settings.Settings) -> TokenMaker:
    desk = app.open_store(found)
    try:
        return TokenMaker(await desk.write(housekeeping.secret, "tokens"))
    finally:
        await desk.close()
