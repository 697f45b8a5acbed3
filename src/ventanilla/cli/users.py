"""`ventanilla user …`: staff accounts."""

from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Staff accounts, which log in with an e-mail address and a password.")

Email = Annotated[str, typer.Argument(help="The account's e-mail address.")]


class RoleWord(StrEnum):
    ADMIN = "ADMIN"
    SUPERVISOR = "SUPERVISOR"
    MESA = "MESA"
    AREA = "AREA"
    LIGHT = "LIGHT"


Name = Annotated[str, typer.Option(help="The person's name.")]
RoleOption = Annotated[
    RoleWord,
    typer.Option(
        help="ADMIN, SUPERVISOR, MESA (all tickets), AREA (those of its areas) or LIGHT (reads and notes).",
        case_sensitive=False,
    ),
]
AreaOption = Annotated[list[str] | None, typer.Option(help="An area of an AREA account; may be given several times.")]


@app.command()
def add(
    email: Email,
    name: Name = "",
    role: RoleOption = RoleWord.MESA,
    area: AreaOption = None,
    phone: Annotated[str, typer.Option(help="A telephone number.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from a pipe.")] = False,
    generate: Annotated[bool, typer.Option("--generate", help="Make up a password and print it.")] = False,
) -> None:
    """Make an account; the password is asked for on the terminal."""
    from ventanilla.cli import accounts

    password = accounts.password(from_stdin=password_stdin, generate=generate)
    accounts.add(email, name, role.value, area or [], phone, password)
    if generate:
        print(f"The password is {password}")


@app.command()
def invite(email: Email, name: Name = "", role: RoleOption = RoleWord.MESA, area: AreaOption = None) -> None:
    """Make an account and print a link by which its owner chooses a password.

    For an account that is still without a password: print a new link.
    """
    from ventanilla.cli import accounts

    accounts.invite(email, name, role.value, area or [])


@app.command()
def reset(email: Email) -> None:
    """Print a link by which somebody chooses a new password."""
    from ventanilla.cli import accounts

    accounts.reset(email)


@app.command("list")
def show_all() -> None:
    """List the accounts."""
    from ventanilla.cli import accounts

    accounts.show_all()


@app.command()
def disable(email: Email) -> None:
    """Shut an account. Its sessions and tokens end at once."""
    from ventanilla.cli import accounts

    accounts.disable(email)
