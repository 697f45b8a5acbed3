"""Finding the members of staff that callers name, and making known those who come with a token of their own."""

from uuid import UUID

from ventanilla.actions.ports import Transaction
from ventanilla.core import access, ids
from ventanilla.core.errors import Fault, InvalidInput, Rule, Unauthenticated
from ventanilla.core.people import Actor, Agent, AgentRef, Identity, Role

MAKER = "maker_id"
"""Where a form names who made something."""


async def agent_of(tx: Transaction, actor: Actor) -> AgentRef:
    """Return the caller as an agent, made known to the desk if this is their first deed. Raises Unauthenticated."""
    if actor.identity is None:
        raise Unauthenticated
    return await tx.people.agent_for(
        Agent(
            id=0,
            uuid=tx.new_uuid(),
            identity=actor.identity,
            email=actor.profile.email,
            name=actor.display_name,
            role=actor.role or Role.AGENT,
            areas=actor.areas,
            phone="",
            picture=actor.profile.picture,
            is_active=True,
            password_hash=None,
        )
    )


async def number_of(tx: Transaction, actor: Actor) -> int | None:
    """Return the id of the caller as an agent; None for those whom the desk does not know yet."""
    known = await tx.people.agent(actor.identity) if actor.identity else None
    return known.id if known else None


async def maker(tx: Transaction, actor: Actor, known: UUID | None, *, is_shared: bool) -> AgentRef:
    """Return who something new is by: the caller, or of something shared that comes back, whoever made it then.

    Raises Unauthenticated, and InvalidInput for MAKER.
    """
    if known is None:
        return await agent_of(tx, actor)
    if not is_shared:
        raise InvalidInput(Fault(MAKER, Rule.NOT_SUPPORTED))
    agent = await tx.people.agent_by_uuid(known)
    if agent is None:
        raise InvalidInput(Fault(MAKER, Rule.UNKNOWN_PERSON))
    return agent.ref


async def find(tx: Transaction, actor: Actor, named: str | None, field: str) -> AgentRef | None:
    """Return the active agent whose id (the subject of their token) is `named`; None for None or a blank.

    Which areas they serve is not asked: the contracts whose callers name agents like this know no such rule.

    The caller's own issuer is asked first. A ULID or upper-case UUID names a local account as well.
    Raises InvalidInput for `field` when nobody, or more than one person, goes by that id, or they work on no tickets.
    """
    if not named:
        return None
    if actor.identity and named == actor.identity.subject:
        return await agent_of(tx, actor)
    if actor.identity:
        own = await tx.people.agent(Identity(actor.identity.issuer, named))
        if own and own.is_active:
            return _with_hands(own, field)
    found = await tx.people.agents_by_subject(_subject(named))
    if len(found) != 1:
        raise InvalidInput(Fault(field, Rule.UNKNOWN_PERSON))
    return _with_hands(found[0], field)


def _with_hands(agent: Agent, field: str) -> AgentRef:
    access.require_hands(agent, None, field)
    return agent.ref


def _subject(named: str) -> str:
    uuid = ids.parse_uuid(named) or ids.parse_ulid(named)
    return str(uuid) if uuid else named
