"""Rate limits with small numbers, over the wire."""

import httpx

from tests.edges.conftest import StartDesk
from tests.edges.line import CRASH, USER
from tests.serving import CONFIG, RunningDesk, token

STRICT = CONFIG.replace("enabled = false", "enabled = true\nperson_per_minute = 5\naddress_per_minute = 3")
PROXIED = 'trusted_proxies = ["127.0.0.1"]\n' + STRICT


def statuses(client: httpx.Client, times: int, **headers: str) -> list[int]:
    return [client.get(USER, headers=headers).status_code for _ in range(times)]


def anonymous(desk: RunningDesk, times: int, **headers: str) -> list[int]:
    with desk.client() as anyone:
        return statuses(anyone, times, **headers)


def test_person_over_the_limit_is_refused_and_nobody_else(start_desk: StartDesk) -> None:
    desk = start_desk(config=STRICT)
    with desk.client(token("ana")) as ana, desk.client(token("bruno")) as bruno:
        assert statuses(ana, 7) == [200] * 5 + [429] * 2
        refused = ana.post(USER, json=CRASH)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        told = refused.json()
        assert (told["statusCode"], told["error"], set(told)) == (
            429,
            "Too Many Requests",
            {"statusCode", "message", "error"},
        )
        assert statuses(bruno, 5) == [200] * 5
        assert httpx.get(desk.url + "/readyz").status_code == 200


def test_same_person_on_many_connections_and_tokens_is_one_person(start_desk: StartDesk) -> None:
    desk = start_desk(config=STRICT)
    seen = []
    for number in range(7):
        with desk.client(token("ana", jti=str(number))) as ana:
            seen += statuses(ana, 1)
    assert seen == [200] * 5 + [429] * 2


def test_bad_tokens_count_against_the_address(start_desk: StartDesk) -> None:
    desk = start_desk(config=STRICT)
    assert anonymous(desk, 5) == [401] * 3 + [429] * 2
    with desk.client(token("ana")) as ana:
        assert statuses(ana, 1) == [200]


def test_forwarded_address_of_a_stranger_is_not_believed(start_desk: StartDesk) -> None:
    desk = start_desk(config=STRICT)
    seen = [anonymous(desk, 1, **{"X-Forwarded-For": f"192.0.2.{number}"})[0] for number in range(5)]
    assert seen == [401] * 3 + [429] * 2


def test_forwarded_address_of_a_trusted_proxy_is(start_desk: StartDesk) -> None:
    desk = start_desk(config=PROXIED)
    assert anonymous(desk, 4, **{"X-Forwarded-For": "192.0.2.1"}) == [401] * 3 + [429]
    assert anonymous(desk, 4, **{"X-Forwarded-For": "192.0.2.2"}) == [401] * 3 + [429]


def test_what_a_client_wrote_before_its_proxy_is_not_believed(start_desk: StartDesk) -> None:
    desk = start_desk(config=PROXIED)
    seen = [anonymous(desk, 1, **{"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.1"})[0] for number in range(5)]
    assert seen == [401] * 3 + [429] * 2


def test_every_address_of_one_ipv6_network_counts_as_one(start_desk: StartDesk) -> None:
    desk = start_desk(config=PROXIED)
    seen = [anonymous(desk, 1, **{"X-Forwarded-For": f"2001:db8::{number:x}"})[0] for number in range(5)]
    assert seen == [401] * 3 + [429] * 2
    assert anonymous(desk, 1, **{"X-Forwarded-For": "2001:db8:0:1::1"}) == [401]
