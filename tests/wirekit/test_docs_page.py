"""What the desk serves besides its contracts, through the real server."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serving import RunningDesk
from ventanilla.contracts import REGISTRY


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    desk = RunningDesk(tmp_path_factory.mktemp("desk")).start()
    with desk.client() as client:
        yield client
    assert desk.stop() == 0


def test_page_and_all_that_it_loads_come_from_the_desk_itself(site: httpx.Client) -> None:
    page = site.get("/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert {"/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css", "/docs/start.js", "/openapi.json"} <= set(loaded)
    assert {address: site.get(address).status_code for address in loaded} == dict.fromkeys(loaded, 200)


def test_policy_of_the_page_lets_only_its_own_files_run(site: httpx.Client) -> None:
    page = site.get("/docs")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on\w+=", page.text) == []


def test_files_of_the_page_say_what_they_are(site: httpx.Client) -> None:
    for name, media_type in {
        "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
        "swagger-ui.css": "text/css; charset=utf-8",
        "favicon-32x32.png": "image/png",
    }.items():
        answer = site.get(f"/docs/{name}")
        assert answer.headers["content-type"] == media_type
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/docs", "/docs/swagger-ui.css", "/openapi.json"])
def test_what_a_browser_has_already_is_not_sent_again(site: httpx.Client, path: str) -> None:
    first = site.get(path)
    second = site.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert site.get(path, headers={"If-None-Match": '"something else"'}).content == first.content


def test_document_names_every_route(site: httpx.Client) -> None:
    answer = site.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert set(answer.json()["paths"]) == {route.path for contract in REGISTRY for route in contract.routes}


def test_head_answers_without_a_body(site: httpx.Client) -> None:
    answer = site.head("/openapi.json")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


@pytest.mark.parametrize(
    "path", ["/nowhere", "/docs/nowhere", "/docs/../settings.py", "/docs/%2e%2e/start.js", "/docsx"]
)
def test_unknown_path_is_a_problem_404(site: httpx.Client, path: str) -> None:
    for method in ("GET", "POST"):
        answer = site.request(method, path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json() == {"type": "about:blank", "title": "Not found", "status": 404}
        assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/healthz", "/readyz"])
def test_wrong_method_is_a_problem_405(site: httpx.Client, path: str) -> None:
    answer = site.post(path, json={})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("path", "status"), [("/healthz", "ok"), ("/readyz", "ready")])
def test_probes_say_that_all_is_well(site: httpx.Client, path: str, status: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.json()) == (200, {"status": status})


def test_command_writes_the_document_of_the_enabled_contracts(tmp_path: Path) -> None:
    one = REGISTRY[0]
    (tmp_path / "ventanilla.toml").write_text(
        f'base_url = "https://desk.example.com"\n[contracts]\nenabled = ["{one.name}"]\n'
    )
    command = [sys.executable, "-m", "ventanilla", "openapi"]
    printed = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, check=True)
    subprocess.run([*command, "api.json"], cwd=tmp_path, env={}, check=True)
    assert (tmp_path / "api.json").read_bytes() == printed.stdout
    document = json.loads(printed.stdout)
    assert set(document["paths"]) == {route.path for route in one.routes}
    assert document["servers"] == [{"url": "https://desk.example.com"}]


def test_command_tells_why_it_cannot_write(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ventanilla", "openapi", str(tmp_path / "nowhere" / "api.json")]
    told = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "No such file or directory" in told.stderr
    assert "Traceback" not in told.stderr
