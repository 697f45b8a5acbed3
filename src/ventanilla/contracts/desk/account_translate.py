"""Members of staff, their sessions and keys: the native API's words and the core's, side by side."""

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from msgspec import UNSET, UnsetType, structs

from ventanilla import __version__
from ventanilla.actions.accounts import AccountChange, AccountDraft
from ventanilla.actions.api_keys import KeyDraft
from ventanilla.actions.links import Issued
from ventanilla.actions.profiles import ProfileChange
from ventanilla.contracts.desk import account_wire as wire
from ventanilla.contracts.desk import key_wire
from ventanilla.core import access
from ventanilla.core.credentials import ApiKey, Link, LinkKind, Session
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.people import Actor, Agent, AgentState, Language, Role, Scope, Theme
from ventanilla.wirekit import opaque, times
from ventanilla.wirekit.pictures import is_https
from ventanilla.wirekit.times import maybe_milliseconds, milliseconds

T = TypeVar("T", str, bool)

ROLE_OUT: Mapping[Role, wire.Role] = {
    Role.ADMIN: "admin",
    Role.SUPERVISOR: "supervisor",
    Role.AGENT: "agent",
    Role.AREA_AGENT: "area_agent",
    Role.LIGHT_AGENT: "light_agent",
}
ROLE_IN: Mapping[wire.Role, Role] = {word: ours for ours, word in ROLE_OUT.items()}
STATE_OUT: Mapping[AgentState, wire.State] = {
    AgentState.ACTIVE: "active",
    AgentState.INVITED: "invited",
    AgentState.INACTIVE: "inactive",
}
LANGUAGE_OUT: Mapping[Language, wire.Language] = {Language.SPANISH: "es", Language.ENGLISH: "en"}
LANGUAGE_IN: Mapping[wire.Language, Language] = {word: ours for ours, word in LANGUAGE_OUT.items()}
THEME_OUT: Mapping[Theme, wire.Theme] = {Theme.LIGHT: "light", Theme.DARK: "dark", Theme.SYSTEM: "system"}
THEME_IN: Mapping[wire.Theme, Theme] = {word: ours for ours, word in THEME_OUT.items()}
SCOPE_OUT: Mapping[Scope, key_wire.Scope] = {Scope.READ: "read", Scope.WRITE: "write", Scope.ADMIN: "admin"}
SCOPE_IN: Mapping[key_wire.Scope, Scope] = {word: ours for ours, word in SCOPE_OUT.items()}
LINK_OUT: Mapping[LinkKind, wire.LinkKind] = {
    LinkKind.SETUP: "setup",
    LinkKind.INVITATION: "invitation",
    LinkKind.RESET: "reset",
}


def me_out(actor: Actor, agent: Agent, desk_name: str, time_zone: str) -> wire.Me:
    """Show the caller. Role and areas are the caller's own: a token may say more than the desk wrote down."""
    return wire.Me(
        id=str(agent.uuid),
        email=agent.email,
        name=agent.name,
        role=ROLE_OUT[actor.role or agent.role],
        areas=list(actor.areas),
        picture=agent.picture or None,
        language=LANGUAGE_OUT[agent.language] if agent.language else None,
        theme=THEME_OUT[agent.theme],
        signature=agent.signature,
        permissions=[permission.name.lower() for permission in access.desk_permissions(actor)],
        desk=wire.DeskInfo(desk_name, time_zone, __version__),
    )


def profile_change(form: wire.ChangeMe) -> ProfileChange:
    return ProfileChange(
        name=told(form.name),
        picture=_picture(form.picture),
        language=LANGUAGE_IN[form.language] if form.language else None,
        any_language=form.language is None,
        theme=THEME_IN[form.theme] if form.theme is not UNSET else None,
        signature=told(form.signature),
    )


def session_out(session: Session, current: UUID | None) -> wire.Session:
    return wire.Session(
        id=str(session.uuid),
        created_at=milliseconds(session.created_at),
        seen_at=milliseconds(session.seen_at),
        address=session.address,
        user_agent=session.browser,
        is_current=session.uuid == current,
    )


def link_out(link: Link) -> wire.LinkFound:
    agent = link.agent
    return wire.LinkFound(
        kind=LINK_OUT[link.kind],
        email=agent.email if agent else None,
        name=agent.name if agent else None,
    )


def first_admin(form: wire.SetUp, password_hash: str) -> AccountDraft:
    return AccountDraft(
        email=form.email,
        name=form.name,
        role=Role.ADMIN,
        password_hash=password_hash,
        language=LANGUAGE_IN[form.language] if form.language else None,
    )


def agent_out(agent: Agent) -> wire.Agent:
    return wire.Agent(
        id=str(agent.uuid),
        name=agent.name,
        email=agent.email,
        role=ROLE_OUT[agent.role],
        areas=list(agent.areas),
        picture=agent.picture or None,
        is_active=agent.is_active,
        state=STATE_OUT[agent.state],
        last_seen_at=maybe_milliseconds(agent.last_seen_at),
        version=agent.version,
    )


def agent_draft(form: wire.NewAgent) -> AccountDraft:
    return AccountDraft(email=form.email, name=form.name, role=ROLE_IN[form.role], areas=tuple(form.areas))


def agent_change(form: wire.ChangeAgent) -> AccountChange:
    return AccountChange(
        name=told(form.name),
        role=ROLE_IN[form.role] if form.role is not UNSET else None,
        areas=None if form.areas is UNSET else tuple(form.areas),
        is_active=told(form.is_active),
    )


def invited_out(issued: Issued, url: str | None) -> wire.InvitedAgent:
    return wire.InvitedAgent(**structs.asdict(agent_out(issued.account)), invitation=invitation_out(issued, url))


def invitation_out(issued: Issued, url: str | None) -> wire.Invitation:
    return wire.Invitation(url, milliseconds(issued.expires_at))


def key_draft(form: key_wire.NewKey, secret: str) -> KeyDraft:
    given = {SCOPE_IN[scope] for scope in form.scopes}
    return KeyDraft(
        name=form.name,
        prefix=secret[: opaque.SHOWN],
        secret_hash=opaque.digest(secret),
        role=ROLE_IN[form.role],
        scopes=tuple(scope for scope in Scope if scope in given),
        areas=tuple(form.areas),
        expires_at=times.parse(form.expires_at) if form.expires_at else None,
    )


def key_out(key: ApiKey) -> key_wire.Key:
    return key_wire.Key(
        id=str(key.uuid),
        name=key.name,
        prefix=key.prefix,
        role=ROLE_OUT[key.role],
        areas=list(key.areas),
        scopes=[SCOPE_OUT[scope] for scope in key.scopes],
        created_at=milliseconds(key.created_at),
        last_used_at=maybe_milliseconds(key.last_used_at),
        expires_at=maybe_milliseconds(key.expires_at),
    )


def made_key_out(key: ApiKey, secret: str | None) -> key_wire.MadeKey:
    return key_wire.MadeKey(**structs.asdict(key_out(key)), key=secret)


def told(value: T | UnsetType) -> T | None:
    return None if value is UNSET else value


def _emptied(value: str | None | UnsetType) -> str | None:
    """Return None for what stays, and an empty text for what is taken away."""
    return None if value is UNSET else value or ""


def _picture(value: str | None | UnsetType) -> str | None:
    if value is UNSET or not value:
        return _emptied(value)
    if not is_https(value):
        raise InvalidInput(Fault("picture", Rule.NOT_A_LINK))
    return value
