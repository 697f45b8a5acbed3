"""Opening any number of tickets on PostgreSQL in one statement, labels without gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BigInteger, Integer, LargeBinary, SmallInteger, Table, Text

from ventanilla.core.thread import Message
from ventanilla.core.ticket import Ticket
from ventanilla.store import schema
from ventanilla.store.events import EVENT_COLUMNS, event_values
from ventanilla.store.ticket_rows import COLUMNS, values_of

_ARRAY = {BigInteger: "bigint", Integer: "integer", LargeBinary: "bytea", SmallInteger: "smallint", Text: "text"}
_PERSON = ("issuer", "person", "person_name", "person_email", "first_name", "last_name", "username", "picture")
_PROFILE = ("name", "email", "first_name", "last_name", "username", "picture")
_SAID = ("message_uuid", "author_name", "author_picture", "author_subject", "body")
_TICKET = tuple(name for name in COLUMNS if name not in ("label_number", "requester_id"))


def _array_type(table: Table, column: str) -> str:
    if column in ("uuid", "message_uuid"):
        return "uuid[]"
    kind = table.c[column].type
    return f"{next(name for python, name in _ARRAY.items() if type(kind) is python)}[]"


def _merged(ours: str, theirs: str) -> str:
    """Return what is known of a requester from now on; what staff have changed stays (`PeopleRepository.requester`)."""
    told = f"NULLIF(told.{theirs}, '')"
    if ours in ("name", "email"):
        told = f"CASE WHEN r.is_edited = 0 THEN {told} END"
    return f"COALESCE({told}, r.{ours})"


def _statement() -> str:
    inputs = [("text[]", name) for name in _PERSON]
    inputs += [("uuid[]" if name == "message_uuid" else "text[]", name) for name in _SAID]
    inputs += [(_array_type(schema.tickets, name), name) for name in _TICKET]
    facts = [("uuid[]", "ticket_uuid"), *((_array_type(schema.events, name), name) for name in EVENT_COLUMNS)]
    first = len(inputs) + 1
    told = ", ".join(EVENT_COLUMNS)
    profile = ", ".join(_PROFILE)
    merged = [_merged(ours, theirs) for ours, theirs in zip(_PROFILE, _PERSON[2:], strict=True)]
    renaming = ", ".join(f"{ours} = {value}" for ours, value in zip(_PROFILE, merged, strict=True))
    return f"""
WITH asked AS (SELECT * FROM unnest({_unnest(inputs, 1)}) WITH ORDINALITY AS asked({_names(inputs)}, place)),
fact AS (SELECT * FROM unnest({_unnest(facts, first)}) WITH ORDINALITY AS fact({_names(facts)}, place)),
person AS (SELECT DISTINCT ON (issuer, person) {", ".join(_PERSON)}, created_at FROM asked
    ORDER BY issuer, person, place DESC),
known AS (SELECT r.id, r.issuer, r.subject FROM requesters r JOIN person told
    ON r.issuer = told.issuer AND r.subject = told.person),
renamed AS (UPDATE requesters r SET {renaming}
    FROM person told WHERE r.issuer = told.issuer AND r.subject = told.person
    AND ({", ".join(f"r.{name}" for name in _PROFILE)}) IS DISTINCT FROM ({", ".join(merged)})),
met AS (INSERT INTO requesters (issuer, subject, {profile}, created_at)
    SELECT {", ".join(_PERSON)}, created_at FROM person told
    WHERE NOT EXISTS (SELECT 1 FROM known WHERE known.issuer = told.issuer AND known.subject = told.person)
    ORDER BY issuer, person ON CONFLICT (issuer, subject) DO NOTHING RETURNING id, issuer, subject),
owner AS (SELECT * FROM known UNION ALL SELECT * FROM met),
counter AS (INSERT INTO label_counters (year, last) SELECT label_year, count(*) FROM asked GROUP BY label_year
    ORDER BY label_year ON CONFLICT (year) DO UPDATE SET last = label_counters.last + excluded.last
    RETURNING year, last),
numbered AS (SELECT asked.*, owner.id AS requester_id, counter.last - count(*) OVER (PARTITION BY label_year)
    + row_number() OVER (PARTITION BY label_year ORDER BY place) AS label_number
    FROM asked JOIN owner ON owner.issuer = asked.issuer AND owner.subject = asked.person
    JOIN counter ON counter.year = asked.label_year),
made AS (INSERT INTO tickets ({", ".join(_TICKET)}, label_number, requester_id)
    SELECT {", ".join(_TICKET)}, label_number, requester_id FROM numbered ORDER BY place
    RETURNING id, uuid, label_number, requester_id),
said AS (INSERT INTO messages (uuid, ticket_id, author_kind, author_name, author_picture, author_subject, visibility,
    body, created_at) SELECT message_uuid, made.id, 'requester', author_name, author_picture, author_subject, 'public',
    body, created_at FROM asked JOIN made USING (uuid) ORDER BY place RETURNING id, ticket_id),
recorded AS (INSERT INTO events (ticket_id, {told}) SELECT made.id, {told}
    FROM fact JOIN made ON made.uuid = fact.ticket_uuid ORDER BY place),
counted AS (INSERT INTO queue_counts (area_key, status, is_read, tickets)
    SELECT area_key, status, is_read, count(*) FROM asked GROUP BY area_key, status, is_read
    ORDER BY area_key, status, is_read
    ON CONFLICT (area_key, status, is_read) DO UPDATE SET tickets = queue_counts.tickets + excluded.tickets)
SELECT made.uuid, made.id, made.label_number, made.requester_id, said.id FROM made JOIN said ON said.ticket_id = made.id
"""


def _unnest(inputs: Sequence[tuple[str, str]], first: int) -> str:
    return ", ".join(f"${number}::{kind}" for number, (kind, _) in enumerate(inputs, first))


def _names(inputs: Sequence[tuple[str, str]]) -> str:
    return ", ".join(name for _, name in inputs)


STATEMENT = _statement()


class RequesterRaced(Exception):
    """Another transaction met one of the requesters at the same moment; the batch has to be run again."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A ticket on its way in, with its first message."""

    ticket: Ticket
    message: Message


def arguments(openings: Iterable[Opening]) -> list[list[Any]]:
    """Return one array per input of STATEMENT."""
    openings = list(openings)
    asked = [_asked(opening) for opening in openings]
    facts = [row for opening in openings for row in _facts(opening.ticket)]
    return [list(column) for part in (asked, facts) for column in zip(*part, strict=True)]


def settle(openings: Sequence[Opening], rows: Iterable[Sequence[Any]]) -> list[Message]:
    """Give each ticket what the database gave it; returns the messages with their ids. Raises RequesterRaced."""
    by_uuid = {bytes(row[0]): row for row in rows}
    if len(by_uuid) != len(openings):
        raise RequesterRaced
    messages = []
    for ticket, message in ((opening.ticket, opening.message) for opening in openings):
        _, ticket.id, number, requester_id, message_id = by_uuid[ticket.uuid.bytes]
        ticket.label = ticket.label._replace(number=number)
        ticket.requester = ticket.requester._replace(id=requester_id)
        ticket.facts.clear()
        messages.append(replace(message, id=message_id))
    return messages


def _asked(opening: Opening) -> tuple[Any, ...]:
    ticket, author = opening.ticket, opening.message.author
    requester = ticket.requester
    values = dict(zip(COLUMNS, values_of(ticket), strict=True))
    return (
        requester.identity.issuer,
        requester.identity.subject,
        *requester.profile,
        opening.message.uuid.bytes,
        author.name,
        author.picture,
        author.subject,
        opening.message.body,
        *(values[name] for name in _TICKET),
    )


def _facts(ticket: Ticket) -> Iterable[tuple[Any, ...]]:
    for fact in ticket.facts:
        yield (ticket.uuid.bytes, *event_values(fact))
