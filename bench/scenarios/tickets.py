"""Create, get and list, against what stands below (the database) and beside (the usual way)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager

from bench import messages, people, pgbench, servers
from bench.desks import Engine, filled
from bench.lines import Bar, Line
from bench.parties import answer_of, loaded, raw_sqlite
from bench.scenarios.scenario import Options, Parties, Scenario

ORM = "FastAPI + async ORM"
RAW = "raw SQLite, one commit each"
STATIC = "static answer, same server and framework"

Requests = Callable[[Options], Sequence[bytes]]


def creates(options: Options) -> list[bytes]:
    return messages.creates(people.active(options.tickets))


def gets(options: Options) -> list[bytes]:
    return messages.gets(people.active(options.tickets), options.tickets)


def lists(options: Options) -> list[bytes]:
    return messages.lists(people.active(options.tickets))


@contextmanager
def _create_sqlite(options: Options) -> Iterator[Parties]:
    with ExitStack() as stack:
        ours, theirs, raw = (stack.enter_context(filled("sqlite", options.tickets)) for _ in range(3))
        yield {
            "ours": loaded(stack.enter_context(servers.desk(ours)), creates(options)),
            "raw": raw_sqlite(raw),
            "orm": loaded(stack.enter_context(servers.baseline(theirs)), creates(options)),
        }


@contextmanager
def _create_one(options: Options) -> Iterator[Parties]:
    with ExitStack() as stack:
        ours, raw = (stack.enter_context(filled("sqlite", options.tickets)) for _ in range(2))
        desk = stack.enter_context(servers.desk(ours))
        yield {"ours": loaded(desk, creates(options), connections=1), "raw": raw_sqlite(raw)}


@contextmanager
def _create_postgres(options: Options) -> Iterator[Parties]:
    with ExitStack() as stack:
        ours, theirs, raw = (stack.enter_context(filled("postgresql", options.tickets)) for _ in range(3))
        pgbench.prepare(raw)
        yield {
            "ours": loaded(stack.enter_context(servers.desk(ours)), creates(options)),
            "pgbench": lambda seconds: pgbench.run(raw, "everything", seconds),
            "inserts": lambda seconds: pgbench.run(raw, "inserts", seconds),
            "orm": loaded(stack.enter_context(servers.baseline(theirs)), creates(options)),
        }


def _reads(engine: Engine, requests: Requests) -> Callable[[Options], AbstractContextManager[Parties]]:
    @contextmanager
    def set_up(options: Options) -> Iterator[Parties]:
        with ExitStack() as stack:
            at = stack.enter_context(filled(engine, options.tickets))
            sent = requests(options)
            desk = stack.enter_context(servers.desk(at))
            static = stack.enter_context(servers.static(answer_of(desk, sent[0]), at.folder))
            yield {
                "ours": loaded(desk, sent),
                "static": loaded(static, messages.statics(messages.OWN)),
                "orm": loaded(stack.enter_context(servers.baseline(at)), sent),
            }

    return set_up


def at_least(ratio: float) -> Bar:
    return Bar(ratio_at_least=ratio)


def at_most(figure: float) -> Bar:
    return Bar(figure_at_most=figure)


CREATE_SQLITE = (
    Line(what="create, SQLite", against=RAW, theirs="raw", goal=at_least(1.3), stretch=at_least(2.2)),
    Line(what="create, SQLite", against=ORM, theirs="orm", goal=at_least(25), stretch=at_least(35)),
    Line(what="create p99, SQLite, 64 clients", unit="p99", goal=at_most(50), stretch=at_most(30)),
)
CREATE_ONE = (
    Line(what="create, SQLite, 1 client", against=RAW, theirs="raw", goal=at_least(0.4), stretch=at_least(0.8)),
)
CREATE_POSTGRES = (
    Line(
        what="create, PostgreSQL",
        against=f"pgbench, {pgbench.CLIENTS} clients: the same rows",
        theirs="pgbench",
        goal=at_least(1.5),
        stretch=at_least(3),
    ),
    Line(
        what="create, PostgreSQL",
        against="pgbench: three inserts, no label, no counts",
        theirs="inserts",
        goal=at_least(1.5),
        stretch=at_least(3),
    ),
    Line(what="create, PostgreSQL", against=ORM, theirs="orm", goal=at_least(15), stretch=at_least(23)),
)
GET_SQLITE = (
    Line(what="get with 3 messages, SQLite", against=ORM, theirs="orm", goal=at_least(25), stretch=at_least(40)),
    Line(what="get, SQLite", against=STATIC, theirs="static", goal=at_least(0.35), stretch=at_least(0.5)),
)
GET_POSTGRES = (
    Line(what="get with 3 messages, PostgreSQL", against=ORM, theirs="orm", goal=at_least(13), stretch=at_least(18)),
)
LIST_SQLITE = (
    Line(what="newest 20 of a requester, SQLite", against=ORM, theirs="orm"),
    Line(
        what="newest 20 of a requester, SQLite",
        against=STATIC,
        theirs="static",
        goal=at_least(0.25),
        stretch=at_least(0.4),
    ),
)


SCENARIOS = (
    Scenario(name="create-sqlite", set_up=_create_sqlite, lines=lambda _: CREATE_SQLITE),
    Scenario(name="create-one", set_up=_create_one, lines=lambda _: CREATE_ONE),
    Scenario(name="create-postgres", set_up=_create_postgres, lines=lambda _: CREATE_POSTGRES),
    Scenario(name="get-sqlite", set_up=_reads("sqlite", gets), lines=lambda _: GET_SQLITE),
    Scenario(name="get-postgres", set_up=_reads("postgresql", gets), lines=lambda _: GET_POSTGRES),
    Scenario(name="list-sqlite", set_up=_reads("sqlite", lists), lines=lambda _: LIST_SQLITE),
)
