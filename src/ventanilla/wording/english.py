"""English sentences."""

from collections.abc import Callable, Mapping

from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError, Fault, InvalidInput, Rule
from ventanilla.wirekit import errors as wire
from ventanilla.wirekit.errors import by_kind
from ventanilla.wording.conditions import custom_condition
from ventanilla.wording.sizes import size

_KINDS = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "an object",
}

_FAULTS: Mapping[Rule, Callable[[Fault], str]] = {
    Rule.MISSING: lambda fault: "is required",
    Rule.EMPTY: lambda fault: "must not be empty",
    Rule.WRONG_TYPE: lambda fault: f"must be {_KINDS.get(fault.expected or '', 'of another type')}",
    Rule.TOO_SHORT: lambda fault: f"must have at least {fault.limit} characters",
    Rule.TOO_LONG: lambda fault: f"must have at most {fault.limit} characters",
    Rule.TOO_SMALL: lambda fault: f"must be at least {fault.limit}",
    Rule.TOO_LARGE: lambda fault: f"must be at most {fault.limit}",
    Rule.NOT_ALLOWED: lambda fault: f"must be one of: {', '.join(fault.allowed)}",
    Rule.NOT_AN_EMAIL: lambda fault: "must be a valid e-mail address",
    Rule.NOT_A_TIME: lambda fault: "must be an ISO 8601 time",
    Rule.NOT_A_DATE: lambda fault: "must be a day, written 2026-03-15",
    Rule.NOT_A_LINK: lambda fault: "must be an address that begins with https://",
    Rule.CONTROL_CHARACTER: lambda fault: "must not contain control characters",
    Rule.UNKNOWN_PERSON: lambda fault: "names no active member of staff",
    Rule.NOT_JOINED: lambda fault: "has to be somebody who has accepted their invitation",
    Rule.ONLY_NOTES: lambda fault: "has to be somebody who works on tickets; light agents read them and write notes",
    Rule.OTHER_AREAS: lambda fault: "has to be somebody who sees the tickets of this area",
    Rule.UNKNOWN_FILE: lambda fault: "names no file of yours that waits to be sent",
    Rule.UNKNOWN_MACRO: lambda fault: "names no macro",
    Rule.UNKNOWN_MESSAGE: lambda fault: "names no message of this ticket",
    Rule.ITSELF: lambda fault: "must be another ticket",
    Rule.UNKNOWN_TICKET: lambda fault: "names no ticket",
    Rule.TAKEN: lambda fault: "is already in use",
    Rule.IN_THE_PAST: lambda fault: "must lie in the future",
    Rule.OUT_OF_TIME: lambda fault: "must lie between 1970 and now",
    Rule.TOO_MANY: lambda fault: f"must be at most {fault.limit} files",
    Rule.FILE_NAME: lambda fault: f"must have a name of 1 to {fault.limit} bytes",
    Rule.PROGRAM: lambda fault: "must be no program and no script",
    Rule.NOT_SUPPORTED: lambda fault: "is not supported here",
    Rule.TOO_MANY_ITEMS: lambda fault: f"must have at most {fault.limit} entries",
    Rule.UNKNOWN_CONDITION: lambda fault: (
        f"is no condition that is known; there are {', '.join(fault.allowed)}; "
        f"a field of the desk's own is written {custom_condition('field', fault.part)}"
    ),
    Rule.NO_ORDER: lambda fault: "is no moment: its values have no order",
    Rule.NOT_A_MOMENT: lambda fault: "is no moment; write 2026-10-31, 2h or 7d",
    Rule.TOO_MANY_TERMS: lambda fault: f"must have at most {fault.limit} terms",
    Rule.UNKNOWN_FIELD: lambda fault: f"is not known here{_known(fault)}",
    Rule.NOT_A_KEY: lambda fault: "must be lower-case letters, digits and underscores, a letter first",
    Rule.NOT_AN_ID: lambda fault: "is not an id",
    Rule.NOT_A_CURSOR: lambda fault: "is not a cursor of this list",
    Rule.COMMON_PASSWORD: lambda fault: "is too common or too easy to guess; choose another",
    Rule.WRONG_PASSWORD: lambda fault: "is not your password",
    Rule.FOREIGN_ACCOUNT: lambda fault: "is kept where this person signs in, not here",
}

_ERRORS: Mapping[type[DeskError], Callable[[DeskError], str]] = {
    core.InvalidInput: lambda error: "Some fields are not valid",
    core.Unauthenticated: lambda error: "A valid bearer token is required",
    core.WrongCredentials: lambda error: "The e-mail address or the password is wrong",
    core.Forbidden: lambda error: "You are not allowed to do this",
    core.BeyondScope: lambda error: (
        f"This API key has the scope `{getattr(error, 'scope', '')}`;"
        f" what you ask for needs `{getattr(error, 'needed', '')}`"
    ),
    core.NotFound: lambda error: "Not found",
    core.AccountNotFound: lambda error: "There is no such user",
    core.TicketClosed: lambda error: "The ticket is closed",
    core.WrongAccountState: lambda error: (
        "The account is in no state for this: invite one that has no password, reset one that has"
    ),
    core.LastAdmin: lambda error: "At least one active administrator has to remain",
    core.FieldInUse: lambda error: "Tickets have values in this field; switch it off instead",
    core.LimitReached: lambda error: f"There may be at most {getattr(error, 'limit', 0)} of these",
    core.Stale: lambda error: "Somebody changed it since you read it; read it again",
    core.Conflict: lambda error: "The state of the ticket does not allow this",
    core.RateLimited: lambda error: "Too many requests, try again later",
    core.StoreFull: lambda error: "The server has no room left to write, try again later",
    core.StoreUnavailable: lambda error: "The service is not available just now, try again shortly",
    wire.BadRequest: lambda error: "The request cannot be read",
    wire.UnknownHost: lambda error: "This is not the address of the desk; open the one that base_url names",
    wire.CrossSite: lambda error: "This request does not come from the desk's own page",
    wire.PlainHttp: lambda error: (
        "Signing in needs https, or http on this machine itself; behind a proxy, set base_url"
    ),
    wire.NotJson: lambda error: "The body is not valid JSON",
    wire.NotAnObject: lambda error: "The body must be a JSON object",
    wire.TooDeep: lambda error: "The body is nested too deeply",
    wire.NotMultipart: lambda error: "The body is not valid multipart/form-data",
    wire.BadIdempotencyKey: lambda error: "Idempotency-Key must be 1 to 255 printable ASCII characters",
    wire.BadIdentifier: lambda error: "The id must be a positive integer",
    wire.FileTooLarge: lambda error: f"A file may have at most {size(getattr(error, 'limit', 0))}",
    wire.BodyTooLarge: lambda error: f"The body is larger than {getattr(error, 'limit', 0):,} bytes",
    wire.WrongContentType: lambda error: f"Send the body as {getattr(error, 'expected', 'JSON')}",
    wire.WrongMethod: lambda error: "This method is not allowed here",
    wire.IfMatchMissing: lambda error: "Say in If-Match which version you change",
    wire.KeyReused: lambda error: "This Idempotency-Key was used for another request",
    DeskError: lambda error: "Internal server error",
}


def _known(fault: Fault) -> str:
    return f"; there are {', '.join(fault.allowed)}" if fault.allowed else ""


def fault_sentence(fault: Fault) -> str:
    """`must have at most 200 characters`: what is wrong with one field, without its name."""
    told = _FAULTS[fault.rule](fault)
    return f"“{fault.part}” {told}" if fault.part else told


def error_sentence(error: DeskError) -> str:
    """The sentence for an error; of several faults in the input, the first."""
    if isinstance(error, InvalidInput) and error.faults:
        fault = error.faults[0]
        return f"{fault.field} {fault_sentence(fault)}"
    return by_kind(_ERRORS, error)(error)
