"""Writing the OpenAPI document of the enabled contracts."""

import sys
from pathlib import Path

import msgspec

from ventanilla import app, settings
from ventanilla.settings import WrongSettings
from ventanilla.wirekit import openapi


def write(file: Path | None) -> None:
    """Write the document to `file`, or to standard output. Raises WrongSettings."""
    found = settings.load()
    document = openapi.document(app.enabled_contracts(found), found.base_url or "/")
    text = msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
    if file is None:
        sys.stdout.buffer.write(text)
        return
    try:
        file.write_bytes(text)
    except OSError as error:
        raise WrongSettings(f"cannot write {file}: {error.strerror}") from error
