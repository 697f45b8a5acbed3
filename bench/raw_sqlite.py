"""What SQLite gives to whoever writes a ticket straight: the same rows, one commit each, no HTTP, synchronous=FULL.

python -m bench.raw_sqlite FILE TICKETS SECONDS      prints the number of tickets a second
"""

import os
import sys
import time
from pathlib import Path
from typing import Any

from bench import people, preload
from ventanilla.store.engines.sqlite_connection import SqliteConnection
from ventanilla.store.events import event_values
from ventanilla.store.ticket_rows import COLUMNS, values_of

_REQUESTER_ID = COLUMNS.index("requester_id")
_LABEL_NUMBER = COLUMNS.index("label_number")
_AREA_KEY = COLUMNS.index("area_key")
NEXT_LABEL = (
    "INSERT INTO label_counters (year, last) VALUES (?, 1)"
    " ON CONFLICT (year) DO UPDATE SET last = label_counters.last + 1 RETURNING last"
)
COUNT = (
    "INSERT INTO queue_counts (area_key, status, is_read, tickets) VALUES (?, 'open', 0, 1)"
    " ON CONFLICT (area_key, status, is_read) DO UPDATE SET tickets = queue_counts.tickets + 1"
)


def main() -> None:
    file, tickets, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    execute = SqliteConnection(file).raw.execute
    insert_ticket = f"{preload.insert('tickets', COLUMNS)} RETURNING id"
    insert_message = preload.insert("messages", preload.MESSAGES)
    insert_event = preload.insert("events", preload.EVENTS)
    ticket, said = preload.story(0, tickets)
    row: list[Any] = list(values_of(ticket))
    fact = event_values(ticket.facts[0])
    message = preload.message_values(0, said[0])
    known, count, began = people.people_of(tickets), 0, time.perf_counter()
    while time.perf_counter() < began + seconds:
        execute("BEGIN IMMEDIATE")
        row[0] = _uuid()
        row[_LABEL_NUMBER] = execute(NEXT_LABEL, (ticket.label.year,)).fetchall()[0][0]
        row[_REQUESTER_ID] = 1 + count % known
        ticket_id = execute(insert_ticket, row).fetchall()[0][0]
        execute(insert_message, (_uuid(), ticket_id, *message[2:]))
        execute(insert_event, (ticket_id, *fact))
        execute(COUNT, (row[_AREA_KEY],))
        execute("COMMIT")
        count += 1
    print(count / (time.perf_counter() - began))


def _uuid() -> bytes:
    """Sixteen bytes in the order of time, as the desk's own are."""
    return time.time_ns().to_bytes(8, "big") + os.urandom(8)


if __name__ == "__main__":
    main()
