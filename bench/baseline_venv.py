"""The virtual environment of the app that we are compared with, installed on first use."""

import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from bench.places import BASELINE, BASELINE_VENV
from bench.progress import say


@cache
def python() -> Path:
    """Return its interpreter, with everything in requirements.txt installed."""
    requirements = BASELINE / "requirements.txt"
    stamp = BASELINE_VENV / f".setup-{sha256(requirements.read_bytes()).hexdigest()[:12]}"
    interpreter = BASELINE_VENV / "bin" / "python"
    if not stamp.exists():
        say("installing the packages of the FastAPI app into bench/.venv")
        subprocess.run([sys.executable, "-m", "venv", "--clear", BASELINE_VENV], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
        subprocess.run([interpreter, *install, requirements], check=True)
        stamp.touch()
    return interpreter
