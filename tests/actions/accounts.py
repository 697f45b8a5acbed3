"""Members of staff with an account, as the tests of sign-ins need them."""

from hashlib import sha256

from ventanilla.actions import accounts
from ventanilla.actions.accounts import AccountDraft
from ventanilla.actions.ports import Desk
from ventanilla.actions.sessions import NewSession
from ventanilla.core.people import SYSTEM, Agent, Role

HASH = "$argon2id$one"


def secret(word: str) -> bytes:
    """The hash of what somebody's browser or program shows."""
    return sha256(word.encode()).digest()


def browser(word: str) -> NewSession:
    return NewSession(secret(word), "192.0.2.7", "Firefox")


async def an_account(
    desk: Desk, name: str, role: Role = Role.AGENT, area: str | None = None, password_hash: str = HASH
) -> Agent:
    email = f"{name.lower()}@desk.example"
    draft = AccountDraft(email=email, name=name, role=role, areas=(area,) if area else (), password_hash=password_hash)
    return await desk.write(accounts.add, SYSTEM, draft)
