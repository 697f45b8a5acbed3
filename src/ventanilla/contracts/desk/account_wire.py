"""Sign-ins and members of staff as they stand on the native API's wire."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from ventanilla.actions.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from ventanilla.contracts.desk.wire import PREFIX, Form, Paging, Time, Uuid
from ventanilla.core.areas import MOST_AREAS
from ventanilla.wirekit.forms import Email

SESSION = PREFIX + "/session"
SESSIONS = PREFIX + "/sessions"
ME = PREFIX + "/me"
AGENTS = PREFIX + "/agents"
AGENT = AGENTS + "/{id}"

Role = Literal["admin", "supervisor", "agent", "area_agent", "light_agent"]
State = Literal["active", "invited", "inactive"]
LinkKind = Literal["setup", "invitation", "reset"]
Language = Literal["es", "en"]
Theme = Literal["light", "dark", "system"]
Secret = Annotated[str, Meta(min_length=1, max_length=200, extra={"verbatim": True})]
GivenPassword = Annotated[str, Meta(max_length=LONGEST_PASSWORD, extra={"verbatim": True})]
NewPassword = Annotated[
    str,
    Meta(
        min_length=SHORTEST_PASSWORD,
        max_length=LONGEST_PASSWORD,
        extra={"verbatim": True},
        description="Any characters. One that many people have is refused.",
    ),
]
Name = Annotated[str, Meta(min_length=1, max_length=150)]
Area = Annotated[str, Meta(min_length=1, max_length=100)]
Areas = Annotated[list[Area], Meta(max_length=MOST_AREAS)]


class SignIn(Form, frozen=True, kw_only=True):
    email: Annotated[str, Meta(max_length=254)]
    password: GivenPassword


class DeskInfo(Struct, frozen=True):
    name: str
    time_zone: str
    version: str


class Me(Struct, frozen=True, kw_only=True):
    """The caller. `permissions` are those that hold for the desk as a whole; each ticket tells its own."""

    id: Uuid
    email: str
    name: str
    role: Role
    areas: list[str]
    picture: str | None
    language: Language | None
    theme: Theme
    signature: str
    permissions: list[str]
    desk: DeskInfo


class ChangeMe(Form, frozen=True, kw_only=True):
    """What is absent stays. `language` null: what the browser asks for; `picture` null: none."""

    name: Name | UnsetType = UNSET
    language: Language | None | UnsetType = UNSET
    theme: Theme | UnsetType = UNSET
    signature: Annotated[str, Meta(max_length=2_000)] | UnsetType = UNSET
    picture: Annotated[str, Meta(max_length=2_000, description="An https address.")] | None | UnsetType = UNSET


class ChangePassword(Form, frozen=True, kw_only=True):
    current: GivenPassword
    new: NewPassword


class Session(Struct, frozen=True, kw_only=True):
    """A browser in which the caller has signed in."""

    id: Uuid
    created_at: Time
    seen_at: Time
    address: str
    user_agent: str
    is_current: bool


class Sessions(Struct, frozen=True):
    data: list[Session]
    next: str | None = None


class SetUp(Form, frozen=True, kw_only=True):
    token: Secret
    email: Email
    name: Name
    password: NewPassword
    language: Language | None = None


class Token(Form, frozen=True, kw_only=True):
    token: Secret


class LinkFound(Struct, frozen=True, kw_only=True):
    """A link that is still good. Who is to come is not known yet where it makes the first admin."""

    kind: LinkKind
    email: str | None
    name: str | None


class AcceptInvitation(Form, frozen=True, kw_only=True):
    token: Secret
    password: NewPassword
    name: Name | UnsetType = UNSET


class AcceptReset(Form, frozen=True, kw_only=True):
    token: Secret
    password: NewPassword


class Agent(Struct, frozen=True, kw_only=True):
    """A member of staff. `last_seen_at` is when they last used a session, to the minute."""

    id: Uuid
    name: str
    email: str
    role: Role
    areas: list[str]
    picture: str | None
    is_active: bool
    state: State
    last_seen_at: Time | None
    version: int


class Agents(Struct, frozen=True):
    data: list[Agent]
    next: str | None


class AgentPaging(Paging, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=200)] = 200
    all: Annotated[bool, Meta(description="Those who are not active too; for admins.")] = False


class NewAgent(Form, frozen=True, kw_only=True):
    """`areas` are required for an area agent."""

    email: Email
    name: Name
    role: Role
    areas: Areas = field(default_factory=list)


class Invitation(Struct, frozen=True):
    """A link to hand to somebody. It is shown once: `url` is null where a repeated Idempotency-Key is answered."""

    url: str | None
    expires_at: Time


class InvitedAgent(Agent, frozen=True, kw_only=True):
    invitation: Invitation


class ChangeAgent(Form, frozen=True, kw_only=True):
    """What is absent stays. Of somebody known by their token only `is_active` can be changed."""

    name: Name | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    areas: Areas | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET


class AreaRow(Struct, frozen=True):
    name: str


class AreasFound(Struct, frozen=True):
    data: list[AreaRow]
    next: str | None = None
