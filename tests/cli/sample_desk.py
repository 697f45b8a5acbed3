"""A desk with something of everything on it, attachments too."""

from hashlib import sha256
from pathlib import Path

from tests.actions.accounts import browser, secret
from tests.conftest import MORNING
from ventanilla import app
from ventanilla.actions import accounts, api_keys, drafts, links, sessions
from ventanilla.actions.accounts import AccountDraft
from ventanilla.actions.api_keys import KeyDraft
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.blobs.ports import BlobStore
from ventanilla.cli import sampling
from ventanilla.cli.samples.stories import as_actor
from ventanilla.core.macros import MessageKind
from ventanilla.core.people import SYSTEM, Role, Scope
from ventanilla.core.thread import Attachment
from ventanilla.settings import Settings

TICKETS = 230
"""More than a batch of an export and two of an import."""


async def attach(desk: Desk, blobs: BlobStore, number: int, name: str, content: bytes) -> None:
    upload = await blobs.begin()
    await upload.write(content)
    await upload.keep(name, "text/plain")

    async def add(tx: Transaction) -> Attachment:
        ticket = await tx.tickets.get(number)
        assert ticket is not None
        digest, size = sha256(content).hexdigest(), len(content)
        return await tx.attachments.add(
            ticket,
            Attachment(
                uuid=tx.new_uuid(),
                file_name=name,
                media_type="text/plain",
                size=size,
                sha256=digest,
                blob_key=upload.key,
                uploaded_at=tx.now,
            ),
        )

    async def remove(tx: Transaction, attachment: Attachment) -> None:
        await tx.attachments.remove(attachment)

    added = await desk.write(add)
    if name == "removed.txt":
        await desk.write(remove, added)
        await blobs.remove(upload.key)


async def let_in(desk: Desk) -> None:
    """Make what lets people and programs in: an API key, an invitation, a session."""
    draft = KeyDraft(
        name="Shop", prefix="vk_shop0000", secret_hash=secret("shop"), role=Role.AGENT, scopes=(Scope.READ, Scope.WRITE)
    )
    await desk.write(api_keys.add, SYSTEM, draft)
    nadia = AccountDraft(email="nadia@example.org", name="Nadia", role=Role.LIGHT_AGENT)
    await desk.write(links.invite, SYSTEM, nadia, secret("invitation"))
    marta = await desk.read(accounts.by_email, "mesa@example.org")
    assert marta is not None
    await desk.write(sessions.sign_in, marta, browser("session"))


async def fill(found: Settings) -> None:
    await sampling.fill(found, 1, TICKETS, MORNING, "correct horse battery")
    desk, blobs = app.open_store(found), app.open_blobs(found)
    for number in range(1, 9):
        await attach(desk, blobs, number, f"informe {number}.txt", b"the same bytes" * (number % 3))
    await attach(desk, blobs, 1, "größer.bin", bytes(range(256)) * 4_000)
    await attach(desk, blobs, 2, "removed.txt", b"its id is never given out again")
    marta = await desk.read(lambda tx: tx.people.account("mesa@example.org"))
    assert marta
    await desk.write(drafts.put, as_actor(marta), 1, "Hola, Ana:\n\nEstamos", MessageKind.ANSWER)
    await let_in(desk)
    await desk.close()


def files_of(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
