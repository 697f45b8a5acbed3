"""The command line."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ventanilla.settings import WrongSettings
from ventanilla.store.opening import CannotOpen

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)


@app.callback()
def ventanilla() -> None:
    """Ventanilla, a support desk that any app can plug into."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; SQLite allows one.")] = 1,
) -> None:
    """Serve the desk."""
    from ventanilla.cli import serving

    serving.serve(host, port, workers)


@app.command()
def token(
    sub: Annotated[str, typer.Option(help="Whose token: the id of a person.")],
    role: Annotated[str, typer.Option(help="user, or a staff word: admin, agent, MESA, AREA.")] = "user",
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    email: Annotated[str, typer.Option(help="The person's e-mail address.")] = "",
    area: Annotated[str, typer.Option(help="The area of an area agent.")] = "",
    hours: Annotated[float, typer.Option(help="How long the token is good.", min=0.01, max=24 * 366)] = 12,
) -> None:
    """Print a token of the desk's own issuer, for trying out."""
    from ventanilla.cli import tokens

    print(tokens.mint(sub, role, name, email, area, hours))


@app.command("openapi")
def write_openapi(
    file: Annotated[Path | None, typer.Argument(help="Where to write it; standard output if left out.")] = None,
) -> None:
    """Write the OpenAPI 3.1 document of the enabled contracts."""
    from ventanilla.cli import openapi

    openapi.write(file)


def main() -> None:
    try:
        app()
    except (WrongSettings, CannotOpen) as error:
        print(f"ventanilla: {error}", file=sys.stderr)
        raise SystemExit(2) from None
