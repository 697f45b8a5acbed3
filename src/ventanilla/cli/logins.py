"""The password of the sample staff: made once, kept in the data folder for its owner alone."""

import os
import secrets
from pathlib import Path

FILE_NAME = "demo-login.txt"


def password(data_dir: Path) -> str | None:
    """Return the password of the sample staff, None where no samples were ever made."""
    try:
        return (data_dir / FILE_NAME).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def make_password(data_dir: Path) -> str:
    """Return the password of the sample staff, made where there is none yet."""
    known = password(data_dir)
    if known:
        return known
    made = secrets.token_urlsafe(12)
    data_dir.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(data_dir / FILE_NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(made + "\n")
    return made
