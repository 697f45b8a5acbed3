"""`ventanilla migrate`."""

from tests.cli.commands import Terminal
from ventanilla.store.migrations import HEAD


def test_migrate_makes_the_schema_and_then_has_nothing_to_do(terminal: Terminal) -> None:
    assert f"from nothing to revision {HEAD}" in terminal.succeed("migrate")
    assert terminal.succeed("migrate") == f"Nothing to do: the schema is at revision {HEAD}.\n"


def test_migrate_refuses_a_database_of_a_newer_version(terminal: Terminal) -> None:
    terminal.succeed("migrate")
    terminal.sql("UPDATE alembic_version SET version_num = '9999'")
    complaint = terminal.fail("migrate", code=2)
    assert "9999" in complaint
    assert "newer version" in complaint


def test_migrate_refuses_an_address_it_does_not_know(terminal: Terminal) -> None:
    assert "mysql" in terminal.fail("migrate", code=2, VENTANILLA_DATABASE_URL="mysql://localhost/desk")


def test_migrate_says_that_no_server_answers(terminal: Terminal) -> None:
    url = "postgresql://desk:swordfish@127.0.0.1:1/desk"
    complaint = terminal.fail("migrate", code=2, VENTANILLA_DATABASE_URL=url)
    assert "cannot be reached" in complaint
    assert "swordfish" not in complaint


def test_migrate_says_that_the_folder_cannot_be_made(terminal: Terminal) -> None:
    (terminal.folder / "data").write_text("a file where the folder should be")
    assert "cannot be made" in terminal.fail("migrate", code=2)
