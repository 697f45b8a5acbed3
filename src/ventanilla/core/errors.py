"""What can go wrong, as facts. A contract turns each of these into its own status code and sentence."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Rule(StrEnum):
    """Why a value was refused."""

    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_ALLOWED = "not_allowed"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_TIME = "not_a_time"
    NOT_A_DATE = "not_a_date"
    NOT_A_LINK = "not_a_link"
    CONTROL_CHARACTER = "control_character"
    UNKNOWN_PERSON = "unknown_person"
    NOT_JOINED = "not_joined"
    ONLY_NOTES = "only_notes"
    OTHER_AREAS = "other_areas"
    UNKNOWN_FILE = "unknown_file"
    UNKNOWN_MACRO = "unknown_macro"
    UNKNOWN_MESSAGE = "unknown_message"
    ITSELF = "itself"
    UNKNOWN_TICKET = "unknown_ticket"
    TAKEN = "taken"
    EMPTY = "empty"
    IN_THE_PAST = "in_the_past"
    OUT_OF_TIME = "out_of_time"
    TOO_MANY = "too_many"
    FILE_NAME = "file_name"
    PROGRAM = "program"
    NOT_SUPPORTED = "not_supported"
    TOO_MANY_ITEMS = "too_many_items"
    UNKNOWN_CONDITION = "unknown_condition"
    NO_ORDER = "no_order"
    NOT_A_MOMENT = "not_a_moment"
    TOO_MANY_TERMS = "too_many_terms"
    UNKNOWN_FIELD = "unknown_field"
    NOT_A_KEY = "not_a_key"
    NOT_AN_ID = "not_an_id"
    NOT_A_CURSOR = "not_a_cursor"
    COMMON_PASSWORD = "common_password"
    WRONG_PASSWORD = "wrong_password"
    FOREIGN_ACCOUNT = "foreign_account"


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that broke one rule.

    `field` is where the value stands: its name, or the names and numbers that lead to it, as `requester/email`.
    `limit` is the length or size the rule names (characters, or bytes for files); `expected` is the JSON type wanted
    (`string`, `boolean`, `integer`, …); `allowed` lists the words of a closed list. `part` is the part
    of a query that is meant.
    """

    field: str
    rule: Rule
    limit: int | None = None
    expected: str | None = None
    allowed: tuple[str, ...] = ()
    part: str = ""


class DeskError(Exception):
    """The parent of everything the desk refuses or fails to do."""


class InvalidInput(DeskError):
    """One or more values break their rules; nothing was changed."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(f"{fault.field}: {fault.rule}" for fault in faults))
        self.faults: Sequence[Fault] = faults


@contextmanager
def faults_under(field: str) -> Iterator[None]:
    """Say of faults found meanwhile that they stand within `field` of the form."""
    try:
        yield
    except InvalidInput as error:
        raise InvalidInput(*(replace(fault, field=f"{field}/{fault.field}") for fault in error.faults)) from None


class Unauthenticated(DeskError):
    """The caller has to say who they are, or what they said does not hold."""


class WrongCredentials(Unauthenticated):
    """No active account has this address and this password."""


class Forbidden(DeskError):
    """The caller is known, and may not do this."""


@dataclass(eq=False)
class BeyondScope(Forbidden):
    """The scope of an API key, `scope`, does not reach this; `needed` would. Its role is not asked any more."""

    scope: str
    needed: str

    def __post_init__(self) -> None:
        super().__init__(f"the scope {self.scope} does not reach what needs {self.needed}")


class NotFound(DeskError):
    """There is no such thing, or it is not the caller's to see: the same answer for both."""


class ForeignArea(NotFound):
    """The ticket belongs to an area that this agent does not serve."""


class FileLost(NotFound):
    """A row names a file whose bytes are not where they should be. The log says which."""


class AccountNotFound(NotFound):
    """There is no such staff account."""


class Conflict(DeskError):
    """The state of the ticket does not allow this."""


@dataclass(eq=False)
class TransitionRefused(Conflict):
    """The lifecycle table has no such step."""

    status: str
    action: str

    def __post_init__(self) -> None:
        super().__init__(f"{self.action} is not possible on a ticket that is {self.status}")


class TicketClosed(TransitionRefused):
    """A message was sent to a closed ticket."""


class Stale(Conflict):
    """The caller changes a version that is no longer the current one; nothing was changed."""


@dataclass(eq=False)
class LimitReached(Conflict):
    """There are as many of these as there may be: `limit`."""

    limit: int

    def __post_init__(self) -> None:
        super().__init__(f"there may be at most {self.limit}")


class WrongAccountState(Conflict):
    """The account is in no state for this: one that has a password is not invited, one that has none is not reset."""


class FieldInUse(Conflict):
    """Some ticket has a value in this custom field."""


class LastAdmin(Conflict):
    """Without this account nobody could manage the staff accounts any more."""


class EditedMeanwhile(Conflict):
    """Somebody else saved the ticket first. The engine runs the action again."""


@dataclass(eq=False)
class RateLimited(DeskError):
    """Too many requests. `retry_after` is in whole seconds."""

    retry_after: int
    limit: int = 0
    remaining: int = 0

    def __post_init__(self) -> None:
        super().__init__(f"try again in {self.retry_after} s")


@dataclass(eq=False)
class StoreUnavailable(DeskError):
    """The database cannot be reached or cannot write just now; nothing was acknowledged."""

    retry_after: int = 5
    detail: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        super().__init__(self.detail)


class StoreFull(StoreUnavailable):
    """There is no room left to write. Reading goes on."""
