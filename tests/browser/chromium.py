"""The Chromium that the tests drive: the machine's, or Debian's, which `make test` installs once where there is none.

Playwright's own download is not used: it comes from a place that not every machine reaches.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ADVICE = "The browser tests need Chromium. Install it (Debian: apt-get install chromium) and run the tests again."


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install() -> None:
    """Install Debian's package. Raises SystemExit with advice where that cannot be done."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit(ADVICE)
    print("Installing Chromium for the browser tests (about a minute) …", file=sys.stderr, flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run(["apt-get", "--quiet", *command], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{done.stdout}{done.stderr}\n{ADVICE}")


if __name__ == "__main__":
    if find() is None:
        install()
