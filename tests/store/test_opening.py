"""Opening a desk: what would end badly is refused, with a sentence that says what to do."""

from contextlib import closing
from pathlib import Path

import apsw
import pytest

from tests.actions.drafts import opened_by, stored
from tests.conftest import MADRID, Clock, database_file, open_test_desk
from tests.people import ANA
from ventanilla.actions.ports import DeskPolicy
from ventanilla.core.sla import SlaPolicy
from ventanilla.store.engines.sqlite_connection import SqliteConnection, unsound_sqlite
from ventanilla.store.migrations import HEAD
from ventanilla.store.opening import CannotOpen, migrate, open_desk, refuse_unsound_sqlite
from ventanilla.store.transaction import Context

CONTEXT = Context(DeskPolicy(MADRID, SlaPolicy()))


def refusal(database_url: str) -> str:
    with pytest.raises(CannotOpen) as refused:
        open_desk(database_url, CONTEXT)
    return str(refused.value)


async def test_a_desk_is_made_where_there_is_none_and_found_again(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "not" / "yet"
    desk = open_test_desk(folder, clock)
    ticket = await opened_by(desk, ANA)
    await desk.close()
    again = open_test_desk(folder, clock)
    assert await stored(again, ticket) == ticket
    await again.close()


async def test_an_empty_file_becomes_a_desk(tmp_path: Path, clock: Clock) -> None:
    database_file(tmp_path).touch()
    desk = open_test_desk(tmp_path, clock)
    assert (await opened_by(desk, ANA)).id == 1
    await desk.close()


def test_a_schema_is_brought_up_to_date_once(tmp_path: Path) -> None:
    assert migrate(database_file(tmp_path)) is None
    assert migrate(database_file(tmp_path)) == HEAD


def test_a_folder_that_cannot_be_made_is_named_in_the_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = refusal(f"sqlite:///{tmp_path}/file/desk.sqlite3")
    assert f"{tmp_path}/file/desk.sqlite3" in told
    assert "Check that the folder exists" in told


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Querida Ana: " * 100)
    told = refusal(f"sqlite:///{letter}")
    assert str(letter) in told
    assert "SQLite database" in told
    assert letter.read_text() == "Querida Ana: " * 100


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = database_file(tmp_path)
    migrate(path)
    with closing(apsw.Connection(str(path))) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        told = refusal(f"sqlite:///{path}")
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    assert "9999" in told
    assert "newer version" in told


@pytest.mark.parametrize(
    ("database_url", "kind"),
    [
        ("mysql://desk@db/desk", "mysql"),
        ("sqlite://", "sqlite"),
        ("sqlite:///", "sqlite"),
        ("sqlite:///:memory:", "sqlite"),
        ("desk.sqlite3", "desk.sqlite3"),
        ("", ""),
    ],
)
def test_an_address_of_another_kind_is_refused_with_the_kind_that_is_wanted(database_url: str, kind: str) -> None:
    told = refusal(database_url)
    assert repr(kind) in told
    assert "expected sqlite:///path" in told


@pytest.mark.parametrize("version", ["3.7.0", "3.40.1", "3.51.2"])
def test_a_sqlite_that_can_corrupt_the_database_is_known(version: str) -> None:
    assert unsound_sqlite(version) == version


@pytest.mark.parametrize("version", ["3.51.3", "3.52.0", "4.0.0"])
def test_a_sound_sqlite_is_known(version: str) -> None:
    assert unsound_sqlite(version) is None


def test_the_sqlite_of_this_installation_is_sound() -> None:
    refuse_unsound_sqlite()


def test_a_desk_does_not_open_on_an_unsound_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No other SQLite is at hand, so this one is made to say that it is old.
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.40.1")
    told = refusal(f"sqlite:///{database_file(tmp_path)}")
    assert "SQLite 3.40.1 can corrupt the database" in told
    assert "pip install --upgrade apsw" in told
    assert not database_file(tmp_path).exists()


def test_a_script_runs_to_its_end_whatever_its_statements_return(tmp_path: Path) -> None:
    connection = SqliteConnection(database_file(tmp_path))
    connection.do("CREATE TABLE a (x); INSERT INTO a VALUES (1), (2) RETURNING x; CREATE TABLE b (x)")
    assert connection.raw.execute("SELECT COUNT(*) FROM a UNION ALL SELECT COUNT(*) FROM b").fetchall() == [(2,), (0,)]
    connection.close()
