"""The commands; `main` in `cli/__init__.py` calls them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ventanilla.cli import keys, users
from ventanilla.cli.refusal import Refused, WrongUsage

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Ventanilla, a support desk that any app can plug into.",
)
app.add_typer(users.app, name="user")
app.add_typer(keys.app, name="keys")


def run(arguments: Sequence[str]) -> int:
    """Do a command and return the exit code. Raises WrongUsage and Refused."""
    try:
        code = app(arguments, prog_name="ventanilla", standalone_mode=False)
    except typer.Abort:
        raise Refused("broken off; nothing was changed") from None
    except Exception as error:
        # Newer versions of typer bring their own copy of Click, so that its errors have no name to catch them by.
        if not hasattr(error, "format_message"):
            raise
        raise WrongUsage(_told(error)) from None
    return code if isinstance(code, int) else 0


def _told(error: Any) -> str:
    told: str = error.format_message()
    if error.ctx is None or told.startswith("Usage:"):
        return told
    said = told if told.endswith("?") else f"{told.rstrip('.')};"
    return f"ventanilla: {said} `{error.ctx.command_path} --help` tells more"


@app.callback()
def ventanilla() -> None:
    """Ventanilla, a support desk that any app can plug into."""


@app.command(add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def serve(context: typer.Context) -> None:
    """Serve the desk."""
    from ventanilla.cli import serve_command

    serve_command.run(context.args)


@app.command()
def token(
    sub: Annotated[str, typer.Option(help="Whose token: the id of a person.")],
    role: Annotated[str, typer.Option(help="user, or a staff word: admin, agent, MESA, AREA.")] = "user",
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    email: Annotated[str, typer.Option(help="The person's e-mail address.")] = "",
    area: Annotated[
        list[str] | None, typer.Option(help="An area of an area agent; may be given several times.")
    ] = None,
    hours: Annotated[float, typer.Option(help="How long the token is good.", min=0.01, max=24 * 366)] = 12,
) -> None:
    """Print a token of the desk's own issuer, for trying out."""
    from ventanilla.cli import tokens

    print(tokens.mint(sub, role, name, email, area or [], hours))


@app.command("openapi")
def write_openapi(
    file: Annotated[Path | None, typer.Argument(help="Where to write it; standard output if left out.")] = None,
) -> None:
    """Write the OpenAPI 3.1 document of the enabled contracts."""
    from ventanilla.cli import openapi

    openapi.write(file)


@app.command()
def demo(
    seed: Annotated[int, typer.Option(help="The same number brings the same samples.")] = 1,
    tickets: Annotated[int, typer.Option(help="How many tickets.", min=1, max=100_000)] = 300,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing on a desk that has tickets.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also on a desk that has tickets.")] = False,
) -> None:
    """Fill the desk with sample tickets and staff."""
    from ventanilla.cli import sampling

    sampling.run(seed, tickets, only_if_empty=if_empty, force=force)


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from ventanilla.cli import migrating

    migrating.migrate()


@app.command()
def doctor(
    host: Annotated[str, typer.Option(help="The address that the desk is served on.")] = "127.0.0.1",
    quick: Annotated[bool, typer.Option("--quick", help="Look at the database less thoroughly.")] = False,
    recount: Annotated[bool, typer.Option("--recount", help="Count the queues anew first.")] = False,
    sweep: Annotated[bool, typer.Option("--sweep", help="Delete old files that belong to no attachment.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Say what is wrong with this installation and how to mend it."""
    from ventanilla.cli import checkup

    raise SystemExit(checkup.run(host, quick=quick, recount=recount, sweep=sweep, as_json=as_json))


@app.command("export")
def export_desk(
    folder: Annotated[Path, typer.Argument(help="Where to write; a new or empty folder.")],
    with_passwords: Annotated[bool, typer.Option("--with-passwords", help="Include the hashes of passwords.")] = False,
) -> None:
    """Write people, tickets and attachments as JSON Lines."""
    from ventanilla.cli import exporting

    exporting.run(folder, with_passwords=with_passwords)


@app.command("import")
def import_desk(folder: Annotated[Path, typer.Argument(help="What `ventanilla export` wrote.")]) -> None:
    """Fill an empty desk with what was exported."""
    from ventanilla.cli import importing

    importing.run(folder)


@app.command("copy")
def copy_desk(
    to: Annotated[str, typer.Option(help="The other database: postgresql://… or sqlite:///….")],
) -> None:
    """Copy the desk into another database."""
    from ventanilla.cli import copying

    copying.run(to)


@app.command()
def backup(folder: Annotated[Path, typer.Argument(help="Where to write; a new or empty folder.")]) -> None:
    """Back up database, secrets and attachments, also while the desk is served."""
    from ventanilla.cli import backing_up

    backing_up.run(folder)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="What `ventanilla backup` wrote.")],
    verify: Annotated[bool, typer.Option("--verify", help="Then look at everything that was restored.")] = False,
) -> None:
    """Bring a desk back from a backup, where there is none."""
    from ventanilla.cli import restoring

    restoring.run(folder, verify=verify)
