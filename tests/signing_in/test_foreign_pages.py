"""A browser sends a cookie whoever had the idea: what the desk believes, and from where (security.md V19, V27, R9)."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.contracts.mesa import TICKETS
from tests.edges.line import Line
from tests.signing_in.house import API, PASSWORD, Browser, House, running, setup_token

EVIL = "https://evil.example"
THEME = {"theme": "dark"}
NEW_KEY = {"name": "Shop", "role": "agent", "scopes": ["read"]}
BASE = "https://desk.example"
PROXIED = f'data_dir = "{{data_dir}}"\nbase_url = "{BASE}"\ntrusted_proxies = ["127.0.0.1"]\n'

FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "own"},
    {"Sec-Fetch-Site": "nonsense"},
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Origin": "own/"},
    {"Origin": "own.evil.example"},
    {"Origin": ""},
    {},
]
"""Headers that no page of the desk's own makes a browser send. `own` stands for the desk's origin."""

OWN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "own"},
    {"Origin": "own"},
]


def sent(house: House, headers: dict[str, str]) -> dict[str, str]:
    """The headers with the desk's origin for `own`."""
    return {name: value.replace("own", house.origin) for name, value in headers.items()}


def bare(somebody: Browser) -> httpx.Client:
    """The same cookie, sent by something that says nothing of its own accord."""
    return httpx.Client(base_url=somebody.base_url, cookies={"ventanilla": somebody.secret})


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_page_elsewhere_changes_nothing(house: House, headers: dict[str, str]) -> None:
    marta = house.join()
    before = marta.get(f"{API}/me").json()
    with bare(marta) as browser:
        for method, path, body in changes(marta):
            answer = browser.request(method, f"{API}{path}", json=body, headers=sent(house, headers))
            assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden"), (method, path)
    assert (marta.is_in(), marta.get(f"{API}/me").json()) == (True, before)


def changes(somebody: Browser) -> list[tuple[str, str, Any]]:
    (session,) = somebody.get(f"{API}/sessions").json()["data"]
    return [
        ("PATCH", "/me", THEME),
        ("POST", "/me/password", {"current": PASSWORD, "new": "another horse entirely"}),
        ("POST", "/keys", NEW_KEY),
        ("POST", "/agents", {"email": "x@desk.example", "name": "X", "role": "admin"}),
        ("DELETE", f"/sessions/{session['id']}", None),
        ("DELETE", "/session", None),
    ]


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_the_desks_own_page_does_what_its_user_wants(house: House, headers: dict[str, str]) -> None:
    marta = house.join()
    with bare(marta) as browser:
        assert browser.patch(f"{API}/me", json=THEME, headers=sent(house, headers)).status_code == 200


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "text/plain; a=json"])
def test_what_a_form_can_send_is_not_what_the_page_sends(house: House, media_type: str) -> None:
    marta = house.join()
    answer = marta.patch(f"{API}/me", content=b'{"theme":"dark"}', headers={"Content-Type": media_type})
    assert answer.status_code == 403
    assert marta.get(f"{API}/me").json()["theme"] == "system"


def test_a_link_from_elsewhere_may_lead_here_and_a_script_elsewhere_may_not_ask(house: House) -> None:
    marta = house.join()
    with bare(marta) as browser:
        follow = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        assert browser.get(f"{API}/me", headers=follow).status_code == 200
        for headers in ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, {"Origin": EVIL}):
            answer = browser.get(f"{API}/me", headers=headers)
            assert (answer.status_code, "access-control-allow-origin" in answer.headers) == (403, False)
        assert browser.get(f"{API}/me").status_code == 200


def test_looking_changes_nothing(house: House) -> None:
    """No GET of a session's route has an effect that a foreign page could want."""
    marta = house.join()
    with bare(marta) as browser:
        for path in ("/me", "/sessions", "/agents", "/areas", "/session", "/setup"):
            assert browser.get(f"{API}{path}").status_code in (200, 404, 405)
    assert marta.is_in()


@pytest.mark.parametrize("headers", [one for one in FOREIGN if one], ids=str)
def test_a_page_elsewhere_signs_nobody_in(house: House, headers: dict[str, str]) -> None:
    marta = house.join()
    told = {"email": marta.email, "password": PASSWORD}
    refused = httpx.post(f"{house.origin}{API}/session", json=told, headers=sent(house, headers))
    assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)


def test_a_program_without_a_page_signs_in_and_then_says_where_it_is(house: House) -> None:
    marta = house.join()
    told = {"email": marta.email, "password": PASSWORD}
    with httpx.Client(base_url=house.origin) as program:
        assert program.post(f"{API}/session", json=told).status_code == 200
        assert program.get(f"{API}/me").status_code == 200
        assert program.patch(f"{API}/me", json=THEME).status_code == 403
        assert program.patch(f"{API}/me", json=THEME, headers={"Origin": house.origin}).status_code == 200


def test_a_token_needs_no_page_and_counts_before_a_cookie(house: House) -> None:
    marta = house.join("light_agent")
    key = house.admin.post(f"{API}/keys", json=NEW_KEY).json()["key"]
    with bare(marta) as browser:
        answer = browser.get(f"{API}/me", headers={"Authorization": f"Bearer {key}", "Origin": EVIL})
        assert (answer.status_code, answer.json()["name"]) == (200, "Shop")
        assert browser.get(f"{API}/me", headers={"Authorization": "Bearer x"}).status_code == 401


def test_the_cookie_counts_in_no_other_contract(house: House) -> None:
    assert house.admin.get(f"{TICKETS}/dashboard").status_code == 401
    assert house.admin.get("/api/mobile/support-requests").status_code == 401
    assert house.admin.get("/api/admin/support-requests").status_code == 401


def test_a_key_counts_in_no_other_contract(house: House) -> None:
    key = house.admin.post(f"{API}/keys", json=NEW_KEY).json()["key"]
    with house.bearer(key) as program:
        assert program.get("/api/admin/support-requests").status_code == 401


@pytest.mark.parametrize(
    "cookie", ["", "ventanilla", "ventanilla=", "ventanilla=a; ventanilla=b", "__Host-ventanilla={}"]
)
def test_a_cookie_that_is_none_of_ours_is_nobodys(house: House, cookie: str) -> None:
    marta = house.join()
    told = {"Cookie": cookie.format(marta.secret), "Origin": house.origin}
    assert httpx.get(f"{house.origin}{API}/me", headers=told).status_code == 401


def test_two_cookie_headers_are_refused(house: House) -> None:
    marta = house.join()
    headers = [("Cookie", f"ventanilla={marta.secret}"), ("Cookie", f"ventanilla={marta.secret}")]
    assert httpx.get(f"{house.origin}{API}/me", headers=headers).status_code == 400


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1", "[::2]"]
)
def test_nobody_signs_in_over_plain_http_from_elsewhere(house: House, host: str) -> None:
    marta = house.join()
    told = {"email": marta.email, "password": PASSWORD}
    refused = httpx.post(f"{house.origin}{API}/session", json=told, headers={"Host": host})
    assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)
    assert "https" in refused.json()["detail"]
    cookie = {"Host": host, "Cookie": f"ventanilla={marta.secret}"}
    assert httpx.get(f"{house.origin}{API}/me", headers=cookie).status_code == 403


@pytest.mark.parametrize("host", ["localhost:8000", "desk.localhost", "127.0.0.1", "127.8.8.8:80", "[::1]:8000"])
def test_this_machine_itself_will_do_for_trying_out(house: House, host: str) -> None:
    marta = house.join()
    told = {"email": marta.email, "password": PASSWORD}
    headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert httpx.post(f"{house.origin}{API}/session", json=told, headers=headers).status_code == 200


def test_behind_a_proxy_the_cookie_is_for_https_and_this_host_alone(tmp_path: Path) -> None:
    with running(tmp_path, None, config=PROXIED) as house:
        admin = behind_the_proxy(house)
        given = admin.headers["set-cookie"]
        name, *attributes = given.split("; ")
        assert name.startswith("__Host-ventanilla=")
        assert attributes == ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=1209600", "Secure"]
        cookie = {"Cookie": name, "Host": "desk.example", "Origin": BASE}
        assert httpx.patch(f"{house.origin}{API}/me", json=THEME, headers=cookie).status_code == 200
        for changes in ({"Origin": "http://desk.example"}, {"Origin": f"{BASE}:8443"}, {"Origin": house.origin}):
            refused = httpx.patch(f"{house.origin}{API}/me", json=THEME, headers=cookie | changes)
            assert refused.status_code == 403


def behind_the_proxy(house: House) -> httpx.Response:
    """Make the first admin as somebody whose request came through the proxy."""
    told = {"token": setup_token(house.desk), "email": "a@desk.example", "name": "Alicia", "password": PASSWORD}
    answer = httpx.post(
        f"{house.origin}{API}/setup",
        json=told,
        headers={"Host": "desk.example", "Origin": BASE, "X-Forwarded-Proto": "https"},
    )
    assert answer.status_code == 201, answer.text
    return answer


@pytest.mark.parametrize("host", ["evil.example", "desk.example.evil.example", "desk.example:8443", ""])
def test_an_unknown_host_signs_nobody_in_and_writes_no_link(tmp_path: Path, host: str) -> None:
    with running(tmp_path, None, config=PROXIED) as house:
        cookie = behind_the_proxy(house).headers["set-cookie"].partition(";")[0]
        told = {"email": "a@desk.example", "password": PASSWORD}
        forged = {"Host": host, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
        assert httpx.post(f"{house.origin}{API}/session", json=told, headers=forged).status_code == 400
        invited = {"email": "b@desk.example", "name": "B", "role": "agent"}
        refused = httpx.post(f"{house.origin}{API}/agents", json=invited, headers=forged | {"Cookie": cookie})
        assert refused.status_code == 400
        key = {"Host": "desk.example", "Cookie": cookie, "Origin": BASE}
        made = httpx.post(
            f"{house.origin}{API}/keys", json=NEW_KEY | {"role": "admin", "scopes": ["admin"]}, headers=key
        )
        bearer = forged | {"Authorization": f"Bearer {made.json()['key']}"}
        link = httpx.post(f"{house.origin}{API}/agents", json=invited, headers=bearer).json()["invitation"]["url"]
        assert link.startswith(f"{BASE}/desk/welcome#token=")


def test_an_address_in_the_request_line_leads_no_link_elsewhere(house: House) -> None:
    """The whole address in the request line, as a proxy is sent it (RFC 9112 §3.2.2)."""
    marta = house.join("admin")
    line = Line(house.origin)
    path = f"{API}/agents/{house.join().id}/reset"
    line.send(
        f"POST http://evil.example{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
        f"Cookie: ventanilla={marta.secret}\r\nContent-Length: 0\r\n\r\n".encode()
    )
    heard = line.hear()
    line.close()
    assert heard.json["url"].startswith(f"{house.origin}/desk/reset#token=")
