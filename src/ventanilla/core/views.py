"""Saved views: a question to the queue under a name. Some are built in; the others are somebody's own, or shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ventanilla.core.people import Actor, Role
from ventanilla.core.query import in_quotes
from ventanilla.core.words import Channel

DEFAULT_SORT = "-updated"
DEFAULT_COLUMNS = ("number", "subject", "requester", "area", "assignee", "status", "priority", "sla", "updated")

MY_AREA = "my-area"
CHANNEL_PREFIX = "channel-"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`key` is what the API calls it: a word for a built-in view, else a UUID.

    `query` is in the filter language, and blank for everything. `id` is 0, `agent_id` and `maker`, the agent's
    UUID, None for a built-in view, which also has no name: each language has its own.
    """

    key: str
    name: str = ""
    query: str
    sort: str = DEFAULT_SORT
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    icon: str = ""
    position: int = 0
    is_shared: bool = True
    version: int = 1
    agent_id: int | None = None
    maker: UUID | None = None
    id: int = 0

    @property
    def is_builtin(self) -> bool:
        return self.agent_id is None

    @property
    def uuid(self) -> UUID:
        """The UUID of a view that is not built in."""
        return UUID(self.key)


def built_in(actor: Actor) -> Sequence[View]:
    """Return the views that this member of staff finds on a new desk, in the order of the sidebar."""
    own = (_area_view(actor.areas),) if actor.role is Role.AREA_AGENT and actor.areas else ()
    return (*_FIRST, *own, *_LAST)


def _area_view(areas: Sequence[str]) -> View:
    named = ",".join(in_quotes(area) for area in areas)
    return View(key=MY_AREA, query=f"area:{named} is:open", icon="users")


_FIRST = (
    View(key="mine", query="assignee:me is:open", icon="user"),
    View(key="unassigned", query="assignee:none is:open", icon="inbox"),
)
_LAST = (
    View(key="overdue", query="due<0h is:open", sort="due", icon="alert"),
    View(key="breaching-soon", query="due>=0h due<2h is:open", sort="due", icon="clock"),
    View(key="all-open", query="is:open", icon="list"),
    View(key="snoozed", query="is:snoozed", icon="moon"),
    View(key="resolved", query="is:resolved", icon="check"),
    View(key="everything", query="", icon="archive"),
    *(View(key=f"{CHANNEL_PREFIX}{channel}", query=f"channel:{channel} is:open", icon="plug") for channel in Channel),
)
BUILT_IN_KEYS = frozenset(view.key for view in (*_FIRST, *_LAST)) | {MY_AREA}
