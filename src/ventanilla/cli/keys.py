"""`ventanilla keys …`: API keys for programs."""

from enum import StrEnum
from typing import Annotated

import typer

from ventanilla.cli.users import AreaOption, RoleOption, RoleWord

app = typer.Typer(no_args_is_help=True, help="API keys, with which programs work on the desk.")


class ScopeWord(StrEnum):
    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What the program is called; it acts under this name.")],
    role: RoleOption = RoleWord.MESA,
    area: AreaOption = None,
    scope: Annotated[
        ScopeWord, typer.Option(help="read; write, which reads too; or admin, which does all three.")
    ] = ScopeWord.READ,
    days: Annotated[
        int | None, typer.Option(help="How long it is good; for ever if left out.", min=1, max=36_500)
    ] = None,
) -> None:
    """Make a key and print it, this once."""
    from ventanilla.cli import programs

    programs.create(name, role.value, area or [], scope.value, days)


@app.command("list")
def show_all() -> None:
    """List the keys by how they begin."""
    from ventanilla.cli import programs

    programs.show_all()


@app.command()
def revoke(key: Annotated[str, typer.Argument(help="The id of the key, or how it begins.")]) -> None:
    """End a key at once."""
    from ventanilla.cli import programs

    programs.revoke(key)
