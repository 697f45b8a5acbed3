"""The console's files, through the real server."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serving import CONFIG, RunningDesk
from ventanilla.web import files


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    desk = RunningDesk(tmp_path_factory.mktemp("desk")).start()
    with desk.client() as client:
        yield client
    assert desk.stop() == 0


@pytest.fixture(scope="module")
def script(site: httpx.Client) -> str:
    """The path of the page's main script."""
    found = re.findall(r'src="(/desk/assets/[^"]+\.js)"', site.get("/desk/").text)
    assert found
    return str(found[0])


@pytest.mark.parametrize("path", ["/", "/desk"])
def test_short_addresses_lead_to_the_console(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.headers["location"]) == (307, "/desk/")


@pytest.mark.parametrize("path", ["", "sign-in", "tickets/TKT-2026-00001", "settings/people", "no/such/page"])
def test_every_path_of_the_console_is_the_page(site: httpx.Client, path: str) -> None:
    answer = site.get(f"/desk/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert '<div id="app"' in answer.text
    assert answer.headers["cache-control"] == "no-cache"


def test_page_runs_only_files_of_the_desk(site: httpx.Client) -> None:
    page = site.get("/desk/")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on\w+=|https?://", page.text) == []
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert {address: site.get(address).status_code for address in loaded} == dict.fromkeys(loaded, 200)


@pytest.mark.parametrize("path", ["/", "/desk", "/desk/", "/desk/favicon.svg", "/desk/assets/gone.js"])
def test_every_answer_carries_the_security_headers(site: httpx.Client, path: str) -> None:
    headers = site.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


def test_desk_on_https_tells_browsers_to_keep_to_it(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path, config='base_url = "https://desk.example.com"\n' + CONFIG).start()
    with desk.client() as client:
        for path in ("/desk/", "/", "/docs", "/healthz", "/nothing", "/api/desk/v1/me", "/api/desk/v1/nothing"):
            assert client.get(path).headers["strict-transport-security"] == "max-age=31536000"
    assert desk.stop() == 0


def test_assets_are_kept_for_ever_and_pages_are_asked_for_again(site: httpx.Client, script: str) -> None:
    assert site.get(script).headers["cache-control"] == "public, max-age=31536000, immutable"
    for path in (script, "/desk/", "/desk/theme.js"):
        first = site.get(path)
        second = site.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (second.status_code, second.content) == (304, b"")
        assert second.headers["cache-control"] == first.headers["cache-control"]


def test_asset_that_is_gone_is_not_found(site: httpx.Client) -> None:
    answer = site.get("/desk/assets/index-00000000.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-cache")


@pytest.mark.parametrize(
    "path", ["/desk/../pyproject.toml", "/desk/%2e%2e/%2e%2e/console.py", "/desk/assets/../../files.py"]
)
def test_no_path_leaves_the_folder(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert "import" not in answer.text.split("<script")[0]
    assert answer.status_code in (200, 404)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("br;q=0.0", None),
        ("", None),
    ],
)
def test_client_gets_the_best_coding_that_it_takes(
    site: httpx.Client, script: str, accepted: str, coding: str | None
) -> None:
    answer = site.get(script, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


def test_each_coding_holds_the_same_and_has_a_tag_of_its_own(site: httpx.Client, script: str) -> None:
    plain = site.get(script, headers={"Accept-Encoding": "identity"})
    packed = site.get(script, headers={"Accept-Encoding": "gzip"})
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("path", ["/", "/desk/", "/desk/sign-in"])
def test_wrong_method_is_refused(site: httpx.Client, path: str) -> None:
    answer = site.post(path, json={})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_answers_without_a_body(site: httpx.Client) -> None:
    answer = site.head("/desk/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 300


def test_every_script_is_packed_and_the_first_ones_are_small() -> None:
    built = files.load()
    scripts = {name: file for name, file in built.items() if name.startswith("assets/") and name.endswith(".js")}
    assert scripts
    for name, file in scripts.items():
        if len(file.content) >= 1024:
            assert gzip.decompress(file.packed["gzip"]) == file.content, name
            assert len(file.packed["br"]) < len(file.packed["gzip"])
