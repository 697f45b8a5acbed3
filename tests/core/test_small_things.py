"""Pages, faults and waiting times: the small values that surfaces read."""

from datetime import timedelta

import pytest

from tests.conftest import MORNING
from tests.core.tickets import a_message, a_note, a_ticket
from ventanilla.core.errors import (
    Fault,
    ForeignArea,
    InvalidInput,
    NotFound,
    RateLimited,
    Rule,
    StoreFull,
    StoreUnavailable,
    TicketClosed,
)
from ventanilla.core.filters import Cursor, Page, PageOf
from ventanilla.core.thread import AuthorKind


@pytest.mark.parametrize(("total", "pages"), [(0, 0), (1, 1), (20, 1), (21, 2), (40, 2)])
def test_a_page_knows_how_many_there_are(total: int, pages: int) -> None:
    assert PageOf([], total, Page(size=20)).pages == pages


def test_a_numbered_page_skips_those_before_it_and_a_cursor_skips_none() -> None:
    assert Page(size=20).offset == 0
    assert Page(size=20, number=3).offset == 40
    assert Page(size=20, number=3, after=Cursor(MORNING, 7)).offset == 0


def test_invalid_input_names_each_fault() -> None:
    refused = InvalidInput(Fault("subject", Rule.MISSING), Fault("body", Rule.TOO_LONG, limit=500))
    assert [fault.field for fault in refused.faults] == ["subject", "body"]
    assert str(refused) == "subject: missing, body: too_long"


def test_a_refusal_says_what_was_not_possible() -> None:
    assert str(TicketClosed("closed", "reply")) == "reply is not possible on a ticket that is closed"
    assert str(RateLimited(30)) == "try again in 30 s"


def test_a_foreign_area_looks_like_nothing_there_and_a_full_store_like_an_absent_one() -> None:
    assert issubclass(ForeignArea, NotFound)
    assert issubclass(StoreFull, StoreUnavailable)


def test_the_detail_of_a_store_error_stays_out_of_its_repr() -> None:
    assert "disk" not in repr(StoreUnavailable(detail="disk I/O error in /srv/desk.sqlite3"))


def test_a_message_says_who_wrote_it_and_who_may_read_it() -> None:
    reply, answer, note = a_message(MORNING), a_message(MORNING, kind=AuthorKind.STAFF), a_note(MORNING)
    assert [message.is_from_staff for message in (reply, answer, note)] == [False, True, True]
    assert [message.is_public for message in (reply, answer, note)] == [True, True, False]


@pytest.mark.parametrize(
    ("subject", "description", "title"),
    [
        ("Sin conexión", "No tengo internet", "Sin conexión"),
        (None, "No tengo internet\ndesde ayer", "No tengo internet"),
        ("", "x" * 80, "x" * 80),
        (None, "x" * 81, "x" * 79 + "…"),
    ],
)
def test_a_ticket_without_a_subject_is_titled_by_its_first_line(
    subject: str | None, description: str, title: str
) -> None:
    assert a_ticket(subject=subject, description=description).title == title


def test_the_clock_is_late_only_after_the_due_time() -> None:
    sla = a_ticket().sla
    assert not sla.is_breached(sla.due_at)
    assert sla.is_breached(sla.due_at + timedelta(microseconds=1))
