"""What stands around the tickets is found through an index as well, on both engines."""

import re
from typing import NamedTuple

import pytest

from tests.store.test_plans import explain, indexes_of
from ventanilla.store import custom_fields, drafts, notifications, presence, tags
from ventanilla.store.connection import Value
from ventanilla.store.engines.sqlite import SqliteDesk


class LookUp(NamedTuple):
    """A query, the table or alias whose rows it looks for, and the index that has to serve on each engine."""

    sql: str
    values: list[Value]
    alias: str
    sqlite: str
    postgres: str


UNREAD = f"{notifications._UNREAD.format(within='')} LIMIT $2"
LOOK_UPS: dict[str, LookUp] = {
    "tickets about to be due": LookUp(notifications._DUE, [1, 2, 200], "t", "tickets_by_due", "tickets_by_due"),
    "whether they were told": LookUp(
        notifications._DUE, [1, 2, 200], "n", "notifications_by_ticket", "notifications_by_ticket"
    ),
    "what an agent has not read": LookUp(UNREAD, [1, 1_000], "n", "notifications_by_agent", "notifications_by_agent"),
    "old notifications": LookUp(
        notifications._FORGET, [1, 2], "notifications", "notifications_by_age", "notifications_by_age"
    ),
    "who is at a ticket": LookUp(presence._AT, [1, 2], "p", "sqlite_autoindex_presence_1", "presence_pkey"),
    "who moved just now": LookUp(presence._MOVES, [1], "p", "presence_by_age", "presence_by_age"),
    "who was where": LookUp(presence._FORGET, [1], "presence", "presence_by_age", "presence_by_age"),
    "a draft": LookUp(drafts._GET, [1, 2], "drafts", "sqlite_autoindex_drafts_1", "drafts_pkey"),
    "the tags of a page": LookUp(
        tags._OF.format(tickets="$1, $2"), [1, 2], "ticket_tags", "sqlite_autoindex_ticket_tags_1", "ticket_tags_pkey"
    ),
    "the uses of a tag": LookUp(
        tags._USES.format(within="", tags="$2"), [5_000, 1], "ticket_tags", "ticket_tags_by_tag", "ticket_tags_by_tag"
    ),
    "a tag by its name": LookUp(tags._BY_KEY, ["vip"], "tags", "sqlite_autoindex_tags_1", "tags_tag_key_key"),
    "the values of a ticket": LookUp(
        custom_fields._OF, [1], "v", "sqlite_autoindex_ticket_fields_1", "ticket_fields_pkey"
    ),
    "whether a field is used": LookUp(
        custom_fields._IS_USED, [1], "ticket_fields", "ticket_fields_by_value", "ticket_fields_by_value"
    ),
}


@pytest.mark.parametrize("name", LOOK_UPS)
async def test_it_is_found_through_its_index_on_sqlite(sqlite_desk: SqliteDesk, name: str) -> None:
    wanted = LOOK_UPS[name]
    plan = await sqlite_desk.read(explain, wanted.sql, wanted.values)
    steps = [step for step in plan if re.match(rf"(SEARCH|SCAN) {wanted.alias}\b", step)]
    assert steps
    assert all(re.search(rf"SEARCH .* INDEX {wanted.sqlite}\b", step) for step in steps), plan


@pytest.mark.parametrize("name", LOOK_UPS)
async def test_it_is_found_through_its_index_on_postgres(postgres_url: str, name: str) -> None:
    wanted = LOOK_UPS[name]
    found = await indexes_of(postgres_url, wanted.sql, wanted.values, sorting=True, alias=wanted.alias)
    assert found == {wanted.postgres}
