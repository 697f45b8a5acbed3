"""Minting tokens of the desk's own issuer."""

import asyncio

from ventanilla import app, settings
from ventanilla.actions import housekeeping
from ventanilla.settings import WrongSettings
from ventanilla.wirekit.tokens import TokenMaker


def mint(subject: str, role: str, name: str, email: str, area: str, hours: float) -> str:
    """Return a JWT. Raises WrongSettings when the desk does not trust its own issuer."""
    found = settings.load()
    if not found.auth.own_issuer:
        raise WrongSettings("auth.own_issuer is false: this desk accepts no tokens of its own")
    claims = {"role": role, "name": name, "email": email, "area": area}
    return asyncio.run(_maker(found)).token(subject, int(hours * 3600), claims)


async def _maker(found: settings.Settings) -> TokenMaker:
    desk = app.open_store(found)
    try:
        return TokenMaker(await desk.write(housekeeping.secret, "tokens"))
    finally:
        await desk.close()
