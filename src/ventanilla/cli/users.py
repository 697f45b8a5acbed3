"""`ventanilla user …`: staff accounts."""

from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Staff accounts, which log in with an e-mail address and a password.")

Email = Annotated[str, typer.Argument(help="The account's e-mail address.")]


class RoleWord(StrEnum):
    ADMIN = "ADMIN"
    MESA = "MESA"
    AREA = "AREA"


@app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    role: Annotated[RoleWord, typer.Option(help="ADMIN, MESA (all tickets), or AREA.", case_sensitive=False)] = (
        RoleWord.MESA
    ),
    area: Annotated[str, typer.Option(help="The area of an AREA account.")] = "",
    phone: Annotated[str, typer.Option(help="A telephone number.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from a pipe.")] = False,
    generate: Annotated[bool, typer.Option("--generate", help="Make up a password and print it.")] = False,
) -> None:
    """Make an account; the password is asked for on the terminal."""
    from ventanilla.cli import accounts

    password = accounts.password(from_stdin=password_stdin, generate=generate)
    accounts.add(email, name, role.value, area, phone, password)
    if generate:
        print(f"The password is {password}")


@app.command("list")
def show_all() -> None:
    """List the accounts."""
    from ventanilla.cli import accounts

    accounts.show_all()


@app.command()
def disable(email: Email) -> None:
    """Shut an account. Its tokens end at once."""
    from ventanilla.cli import accounts

    accounts.disable(email)
