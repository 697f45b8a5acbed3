"""A TicketFilter as conditions on the table `tickets f`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from ventanilla.core import areas
from ventanilla.core.filters import FieldIs, Span, TicketFilter
from ventanilla.core.people import Identity, normal_email
from ventanilla.core.search import Words
from ventanilla.core.tags import tag_key
from ventanilla.core.text import fold
from ventanilla.store import finding
from ventanilla.store.columns import micros
from ventanilla.store.connection import Finder, Value
from ventanilla.store.custom_fields import value_key
from ventanilla.store.ticket_rows import CLOCK_STANDS_STILL

Terms = dict[str, str]
"""Conditions by the field of the filter that they come from; those of assignees and snoozing by what kind they are."""

Put = Callable[[Value], str]
"""Adds a value to those of the query and returns its placeholder."""

_HOUR = 3_600_000_000
_NOT_SO = " IS NOT TRUE"
_IS_LATE = f"f.created_at + f.sla_hours * {_HOUR} + f.sla_paused < COALESCE(f.sla_stopped_at, f.sla_paused_at, {{now}})"
_HAS_FILES = "EXISTS (SELECT 1 FROM attachments WHERE attachments.ticket_id = f.id)"


def bind(values: list[Value], value: Value) -> str:
    """Add a value and return its placeholder."""
    values.append(value)
    return f"${len(values)}"


def terms(
    wanted: TicketFilter, values: list[Value], now: datetime, finder: Finder | None = None, *, is_exact: bool = False
) -> Terms:
    """Return the conditions, all of which have to hold at the moment `now`.

    Only with a `finder` can words be sought: the newest where many tickets hold them, or all with `is_exact`.
    """

    def put(value: Value) -> str:
        return bind(values, value)

    found = {**_who(wanted, put), **_what(wanted, put), **_when(wanted, put), **_state(wanted, put, now)}
    if wanted.sought:
        found["sought"] = _sought(wanted.sought, put, finder, is_exact=is_exact)
    for place, one in enumerate(wanted.all_of):
        found |= {f"{name} {place}": term for name, term in terms(one, values, now, finder, is_exact=is_exact).items()}
    for place, one in enumerate(wanted.none_of):
        conditions = terms(one, values, now, finder, is_exact=True).values()
        found[f"none_of {place}"] = f"({' AND '.join(conditions) or '1 = 1'}) IS NOT TRUE"
    return found


def put_off_of(awake: str) -> str:
    """Return the condition that a ticket is put off, from the one that it is not."""
    return awake.removesuffix(_NOT_SO)


def one_of(column: str, options: Sequence[str]) -> str:
    if len(options) == 1:
        return f"{column} = {options[0]}"
    return f"{column} IN ({', '.join(options)})" if options else "1 = 0"


def within(column: str, served: Sequence[str], values: list[Value]) -> str:
    """Return the condition that the key of an area is that of one of these."""
    return one_of(column, [bind(values, areas.area_key(area)) for area in served])


def _who(wanted: TicketFilter, put: Put) -> Terms:
    found: Terms = {}
    if wanted.owners is not None:
        found["owners"] = one_of("f.requester_id", [_person(owner, put) for owner in wanted.owners])
    if wanted.requester_subject is not None:
        who = f"SELECT id FROM requesters WHERE subject = {put(wanted.requester_subject)}"
        found["requester_subject"] = f"f.requester_id IN ({who})"
    if wanted.requesters is not None:
        found["requesters"] = one_of("f.requester_id", [put(number) for number in wanted.requesters])
    if wanted.emails is not None:
        addresses = one_of("email", [put(normal_email(address)) for address in wanted.emails])
        found["emails"] = f"f.requester_id IN (SELECT id FROM requesters WHERE {addresses})"
    if wanted.assignee_subject is not None:
        who = f"SELECT id FROM agents WHERE subject = {put(wanted.assignee_subject)}"
        found["assignee_subject"] = f"f.assignee_id IN ({who})"
    if wanted.assignees is not None:
        kind = "unassigned" if wanted.assignees == (None,) else "anybody" if None in wanted.assignees else "assignees"
        found[kind] = _assignees(wanted.assignees, put)
    return found


def _what(wanted: TicketFilter, put: Put) -> Terms:
    found: Terms = {}
    if wanted.served is not None:
        # One area alone is a place in an index in every order, and so is one channel.
        name = "area" if len(wanted.served) == 1 else "served"
        found[name] = one_of("f.area_key", [put(areas.area_key(area)) for area in wanted.served])
    lists: tuple[tuple[str, str, Sequence[Value] | None], ...] = (
        ("ids", "f.id", wanted.ids),
        ("areas", "f.area_key", None if wanted.areas is None else [areas.area_key(area) for area in wanted.areas]),
        ("statuses", "f.status", _words(wanted.statuses)),
        ("topics", "f.topic", _words(wanted.topics)),
        ("channel" if len(wanted.channels or ()) == 1 else "channels", "f.channel", _words(wanted.channels)),
        ("priorities", "f.priority", _words(wanted.priorities)),
        (
            "categories",
            "LOWER(f.category)",
            None if wanted.categories is None else [one.lower() for one in wanted.categories],
        ),
        ("request_types", "f.request_type", _words(wanted.request_types)),
    )
    for name, column, options in lists:
        if options is not None:
            found[name] = one_of(column, [put(option) for option in options])
    if wanted.tags is not None:
        found["tags"] = _tagged(wanted.tags, put)
    for number, field in enumerate(wanted.fields):
        found[f"fields {number}"] = _filled_in(field, put)
    if wanted.called is not None:
        found["called"] = _called(wanted.called, put)
    if wanted.subject_contains is not None:
        found["subject_contains"] = _subject_contains(wanted.subject_contains, put)
    return found


def _when(wanted: TicketFilter, put: Put) -> Terms:
    found: Terms = {}
    spans = (("created", "f.created_at", wanted.created), ("updated", "f.updated_at", wanted.updated))
    for name, column, span in spans:
        if span is not None:
            found[name] = _within(column, span, put)
    # What changed before a moment was made before it, and what was made after one changed after it: said as well, it
    # spares a walk in the other of the two orders what lies beyond.
    if wanted.updated is not None and wanted.updated.until is not None:
        found["created before"] = _within("f.created_at", Span(until=wanted.updated.until), put)
    if wanted.created is not None and wanted.created.since is not None:
        found["updated since"] = _within("f.updated_at", Span(since=wanted.created.since), put)
    if wanted.due is not None:
        found["due"] = f"f.due_at < {CLOCK_STANDS_STILL} AND {_within('f.due_at', wanted.due, put)}"
    return found


def _state(wanted: TicketFilter, put: Put, now: datetime) -> Terms:
    moment = micros(now)
    # Numbers stand in the text and not beside it where a partial index has to be seen to match.
    conditions = {
        "is_live": (wanted.is_live, "f.is_live = 1", "f.is_live = 0"),
        "is_read": (wanted.is_read, "f.is_read = 1", "f.is_read = 0"),
        "is_merged": (wanted.is_merged, "f.merged_into_id IS NOT NULL", "f.merged_into_id IS NULL"),
        "has_files": (wanted.has_files, _HAS_FILES, f"NOT {_HAS_FILES}"),
    }
    found = {name: yes if asked else no for name, (asked, yes, no) in conditions.items() if asked is not None}
    if wanted.is_snoozed is not None:
        put_off = f"f.snoozed_until > {put(moment)}"
        found |= {"snoozed": put_off} if wanted.is_snoozed else {"awake": put_off + _NOT_SO}
    if wanted.is_breached is not None:
        late = _IS_LATE.format(now=put(moment))
        found["is_breached"] = late if wanted.is_breached else f"NOT ({late})"
    return found


def _person(owner: Identity, put: Put) -> str:
    return f"(SELECT id FROM requesters WHERE issuer = {put(owner.issuer)} AND subject = {put(owner.subject)})"


def of_tags(names: Sequence[str], put: Put) -> str:
    """Return the query for the `ticket_id` of all tickets with one of these tags."""
    return f"SELECT DISTINCT ticket_id FROM ticket_tags WHERE {_means_tag(names, put)}"


def of_field(field: FieldIs, put: Put) -> str:
    """Return the query for the `ticket_id` of all tickets where a field has one of these values."""
    return f"SELECT ticket_id FROM ticket_fields WHERE {_means_value(field, put)}"


def _tagged(names: Sequence[str], put: Put) -> str:
    return f"EXISTS (SELECT 1 FROM ticket_tags WHERE ticket_tags.ticket_id = f.id AND {_means_tag(names, put)})"


def _filled_in(field: FieldIs, put: Put) -> str:
    return f"EXISTS (SELECT 1 FROM ticket_fields WHERE ticket_fields.ticket_id = f.id AND {_means_value(field, put)})"


def _means_tag(names: Sequence[str], put: Put) -> str:
    meant = one_of("tag_key", [put(tag_key(name)) for name in names])
    return f"ticket_tags.tag_id IN (SELECT id FROM tags WHERE {meant})"


def _means_value(field: FieldIs, put: Put) -> str:
    which = f"SELECT id FROM custom_fields WHERE field_key = {put(field.key)}"
    values = one_of("ticket_fields.value_key", [put(value_key(value)) for value in field.values])
    return f"ticket_fields.field_id IN ({which}) AND {values}"


def _assignees(wanted: Sequence[int | None], put: Put) -> str:
    named = [put(number) for number in wanted if number is not None]
    options = [one_of("f.assignee_id", named)] if named or not wanted else []
    if None in wanted:
        options.append("f.assignee_id IS NULL")
    return options[0] if len(options) == 1 else f"({' OR '.join(options)})"


def _words(words: Sequence[str] | None) -> list[str] | None:
    return None if words is None else [str(word) for word in words]


def _within(column: str, span: Span, put: Put) -> str:
    ends = []
    if span.since is not None:
        ends.append(f"{column} >= {put(micros(span.since))}")
    if span.until is not None:
        ends.append(f"{column} < {put(micros(span.until))}")
    return " AND ".join(ends) or "1 = 1"


def _sought(sought: Sequence[Words], put: Put, finder: Finder | None, *, is_exact: bool) -> str:
    assert finder is not None
    if is_exact:
        return finding.holds(finder, sought, put)
    return f"f.id IN (SELECT ticket_id FROM ({finding.hits(finder, sought, put)}) AS hits)"


def _called(part: str, put: Put) -> str:
    like = f"LIKE {put(_pattern(part.lower()))} ESCAPE '!'"
    return f"(LOWER(f.contact_name) {like} OR LOWER(f.contact_email) {like})"


def _pattern(part: str) -> str:
    escaped = part.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def _subject_contains(part: str, put: Put) -> str:
    # What folds to nothing ("_", blanks) is in no subject; as a pattern it would be in every one.
    if part and not fold(part):
        return "1 = 0"
    return f"f.subject_key LIKE {put(_pattern(fold(part)))} ESCAPE '!'"
