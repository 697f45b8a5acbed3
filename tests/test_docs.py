"""The pages for operators and app developers leave nothing out: what has no line there fails here."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer.main
from msgspec import inspect
from prometheus_client import generate_latest

from ventanilla.cli.commands import app
from ventanilla.cli.serve_command import parser as serve_parser
from ventanilla.contracts import REGISTRY
from ventanilla.settings import Settings, load
from ventanilla.telemetry.metrics import Metrics
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.contract import Contract

ROOT = Path(__file__).parent.parent
DOCS, DEPLOY = ROOT / "docs", ROOT / "deploy"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

DEFAULTS_IN_WORDS = {"database_url", "contracts.enabled", "attachments.blocked"}
"""Settings whose default the page tells in words."""


def every_setting(kind: Any = Settings, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for field in msgspec.structs.fields(kind):
        found = field.type
        if isinstance(found, type) and issubclass(found, msgspec.Struct):
            yield from every_setting(found, (*path, field.name))
        else:
            yield (*path, field.name)


def default_of(path: tuple[str, ...]) -> Any:
    value: Any = Settings()
    for name in path:
        value = getattr(value, name)
    return value


def row_of(page: str, key: str) -> str:
    rows = [line for line in page.splitlines() if line.startswith(f"| `{key}` |")]
    assert len(rows) == 1, f"docs/settings.md has {len(rows)} lines for {key}"
    return rows[0]


@pytest.mark.parametrize("path", list(every_setting()), ids=".".join)
def test_setting_has_its_line_with_default_and_variable(path: tuple[str, ...]) -> None:
    key = ".".join(path)
    row = row_of((DOCS / "settings.md").read_text(), key)
    assert f"`VENTANILLA_{'__'.join(path).upper()}`" in row
    if key not in DEFAULTS_IN_WORDS:
        assert f"| `{msgspec.json.encode(default_of(path)).decode()}` |" in row


def test_every_key_of_an_issuer_has_its_line() -> None:
    page = (DOCS / "settings.md").read_text()
    (kind,) = (field.type for field in msgspec.structs.fields(type(Settings().auth)) if field.name == "issuers")
    listed = inspect.type_info(kind)
    assert isinstance(listed, inspect.ListType)
    assert isinstance(listed.item_type, inspect.StructType)
    for field in listed.item_type.fields:
        assert row_of(page, f"auth.issuers.{field.name}")


def test_settings_page_names_no_setting_that_is_none() -> None:
    page = (DOCS / "settings.md").read_text()
    known = {".".join(path) for path in every_setting()}
    named = set(re.findall(r"^\| `([a-z0-9_.]+)` \|", page, re.MULTILINE))
    assert {key for key in named if not key.startswith("auth.issuers.")} == known


def test_examples_of_the_settings_page_are_good_settings(tmp_path: Path) -> None:
    page = (DOCS / "settings.md").read_text()
    examples = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (variables,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "desk.toml"
    file.write_text("\n".join(examples))
    given = dict(line.split("=", 1) for line in variables.splitlines())
    found = load({"VENTANILLA_CONFIG": str(file)} | {name: value.strip("'") for name, value in given.items()})
    assert found.auth.issuers[0].audience == "support"
    assert found.attachments.s3.endpoint == "http://10.0.0.7:8333"
    assert found.contracts.enabled == ["mesa", "mobile"]


def every_command(command: Any, name: str = "ventanilla") -> Iterator[tuple[str, Any]]:
    if name != "ventanilla":
        yield name, command
    for inner, found in sorted(getattr(command, "commands", {}).items()):
        yield from every_command(found, f"{name} {inner}")


COMMANDS = dict(every_command(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_its_section_with_all_its_options(name: str) -> None:
    sections = re.split(r"^#{2,3} ", (DOCS / "cli.md").read_text(), flags=re.MULTILINE)
    (section,) = (text for text in sections if text.startswith(f"`{name}`\n"))
    for option in options_of(name):
        assert f"`{option}`" in section, option


def options_of(name: str) -> set[str]:
    if name == "ventanilla serve":
        options = {option for action in serve_parser()._actions for option in action.option_strings}
    else:
        options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    return {option for option in options if option.startswith("--") and option != "--help"}


def test_command_page_names_no_command_that_is_none() -> None:
    named = re.findall(r"^#{2,3} `(.*)`$", (DOCS / "cli.md").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(COMMANDS)


def every_metric() -> set[str]:
    exposed = generate_latest(Metrics().registry).decode()
    return set(re.findall(r"^# TYPE (ventanilla_\w+)", exposed, re.MULTILINE))


def test_every_metric_has_its_line_on_the_page_for_operators() -> None:
    named = re.findall(r"^\| `(ventanilla_\w+)` \|", (DOCS / "operations.md").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(every_metric())


def test_alerts_ask_for_metrics_that_there_are() -> None:
    asked = set(re.findall(r"ventanilla_\w+", (DEPLOY / "alerts.yml").read_text()))
    assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in asked} <= every_metric()


def test_example_for_replicas_is_good_settings() -> None:
    found = load({"VENTANILLA_CONFIG": str(DEPLOY / "ventanilla.toml")})
    assert found.database_pooled
    assert found.attachments.store.startswith("s3://")
    assert found.trusted_proxies


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        path, _, anchor = target.partition("#")
        if path.startswith(("http:", "https:")):
            continue
        file = page.parent / path if path else page
        assert file.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors_of(file), f"{page.name}: {target}"


def anchors_of(page: Path) -> set[str]:
    """Return the names by which headings are linked to, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("contract", REGISTRY, ids=lambda contract: contract.name)
def test_every_route_of_a_contract_has_its_line(contract: Contract) -> None:
    lines = (DOCS / "contracts" / f"{contract.name}.md").read_text().splitlines()
    for route in contract.routes:
        *_, last = re.findall(r"[\w-]+(?:/\{\w+\})*$", route.path)
        named = [line for line in lines if f"`{route.method}" in line and (f"{last}`" in line or f"{last}?" in line)]
        assert named, f"docs/contracts/{contract.name}.md has no line for {route.method} {route.path}"


@pytest.mark.parametrize("act", Act)
def test_every_act_that_the_security_log_tells_has_its_place(act: Act) -> None:
    assert f"`{act}`" in (DOCS / "settings.md").read_text()


@pytest.mark.parametrize(
    "named", re.findall(r"`([\w/]+\.py)::(\w+)`", (DOCS / "security.md").read_text()), ids="::".join
)
def test_every_test_that_the_security_page_names_is_there(named: tuple[str, str]) -> None:
    file, test = named
    assert re.search(rf"^(async )?def {test}\(", (ROOT / "tests" / file).read_text(), re.MULTILINE)


def test_security_page_has_a_line_for_each_of_the_forty() -> None:
    numbers = re.findall(r"^\| (\d+) \|", (DOCS / "security.md").read_text(), re.MULTILINE)
    assert numbers == [str(number) for number in range(1, 41)]
