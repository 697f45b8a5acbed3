"""Filling a desk with sample tickets, through the actions that every contract uses."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from ventanilla import app, settings
from ventanilla.actions import accounts, housekeeping, notifications
from ventanilla.actions.accounts import AccountChange, AccountDraft
from ventanilla.actions.opening import open_ticket
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.cli import logins
from ventanilla.cli.progress import progress
from ventanilla.cli.refusal import Refused
from ventanilla.cli.samples import StaffMember, furnishing, furniture, people
from ventanilla.cli.samples.plan import DAYS, Deed, Opening, plan
from ventanilla.cli.samples.stories import as_actor
from ventanilla.core.people import SYSTEM, Actor, Agent, Role
from ventanilla.settings import Settings
from ventanilla.store.transaction import utc_now
from ventanilla.wirekit.passwords import Passwords

UNREAD = 4
"""Notifications that each member of staff has still to read."""


def run(seed: int, tickets: int, *, only_if_empty: bool, force: bool) -> None:
    """Fill the desk of the settings and print who may log in. Raises Refused on a desk that has tickets."""
    found = settings.load()
    known = asyncio.run(_count(found))
    if known and only_if_empty:
        print(f"This desk already has {known} tickets; no samples were added.")
        return
    if known and not force:
        raise Refused(f"this desk already has {known} tickets; --force adds the samples all the same")
    password = logins.make_password(Path(found.data_dir))
    asyncio.run(fill(found, seed, tickets, utc_now(), password))
    print(f"{tickets} sample tickets are on the desk. Staff logins, all with the password {password}")
    for member in people().staff:
        print(f"  {member.email:24} {member.name}, {member.role.value}{f' of {member.area}' if member.area else ''}")


async def fill(found: Settings, seed: int, tickets: int, now: datetime, password: str) -> None:
    """Let the last weeks happen until `now`. For one seed and moment the desk comes out the same, its UUIDs too."""
    clock = _Clock(now - timedelta(days=DAYS))
    desk = app.open_store(found, clock, Random(f"uuids {seed}").randbytes)  # noqa: S311 - samples, not secrets
    try:
        password_hash = Passwords().hash(password)
        staff = [await desk.write(_account, member, password_hash) for member in people().staff]
        await desk.write(furnishing.furnish, _lead_of(staff), furniture())
        await _perform(desk, clock, plan(seed, tickets, now, staff), tickets)
        clock.now = now
        await desk.write(notifications.tell_due)
        for agent in staff:
            await desk.write(_read_most, as_actor(agent))
    finally:
        await desk.close()


def _lead_of(staff: Sequence[Agent]) -> Actor:
    return as_actor(next(agent for agent in staff if agent.role is Role.SUPERVISOR))


class _Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def _count(found: Settings) -> int:
    desk = app.open_store(found)
    try:
        return await desk.read(housekeeping.ping)
    finally:
        await desk.close()


async def _perform(desk: Desk, clock: _Clock, steps: Sequence[Opening | Deed], tickets: int) -> None:
    ids: dict[int, int] = {}
    with progress("Sample tickets", tickets) as advance:
        for step in steps:
            clock.now = step.at
            if isinstance(step, Opening):
                ids[step.story] = (await desk.write(open_ticket, step.actor, step.draft)).ticket.id
                advance()
            else:
                await desk.write(step.action, step.actor, ids[step.story], *step.args)


async def _read_most(tx: Transaction, agent: Actor) -> None:
    """Leave the newest notifications unread, as on a desk that is at work."""
    page = await notifications.page(tx, agent, None, UNREAD, unread=True)
    while page.next is not None:
        page = await notifications.page(tx, agent, page.next, 200, unread=True)
        await notifications.mark_read(tx, agent, [one.uuid for one in page.notifications])


async def _account(tx: Transaction, member: StaffMember, password_hash: str) -> Agent:
    known = await tx.people.account(member.email)
    if known:
        again = AccountChange(password_hash=password_hash, is_active=True)
        return await accounts.change(tx, SYSTEM, known.uuid, again)
    areas = (member.area,) if member.area else ()
    draft = AccountDraft(
        email=member.email, name=member.name, role=member.role, areas=areas, password_hash=password_hash
    )
    return await accounts.add(tx, SYSTEM, draft)
