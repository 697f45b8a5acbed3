"""One-time links over HTTP: the first admin, invitations, new passwords (security.md V17, ASVS 6.4.1, 6.5.1)."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.signing_in.conftest import StartHouse
from tests.signing_in.house import API, PASSWORD, SETUP_LINK, House, new_email, setup_token, token_of

SQUIRREL = "four squirrels on a wire"


def set_up(house: House, token: str, **changes: object) -> httpx.Response:
    told = {"token": token, "email": new_email(), "name": "Alicia", "password": PASSWORD} | changes
    return httpx.post(f"{house.origin}{API}/setup", json=told)


def check(house: House, token: str) -> httpx.Response:
    return httpx.post(f"{house.origin}{API}/links/check", json={"token": token})


def invited(house: House, **changes: object) -> tuple[str, str]:
    """The id of somebody new, and the token of their invitation."""
    told = {"email": new_email(), "name": "Diego", "role": "agent"} | changes
    answer = house.admin.post(f"{API}/agents", json=told)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], token_of(answer.json()["invitation"]["url"])


def accept(house: House, token: str, **changes: object) -> httpx.Response:
    told = {"token": token, "password": PASSWORD} | changes
    return house.browser().post(f"{API}/invitations/accept", json=told)


def reset(house: House, token: str, password: str = SQUIRREL) -> httpx.Response:
    return house.browser().post(f"{API}/resets/accept", json={"token": token, "password": password})


def test_a_fresh_desk_has_no_account_until_its_link_is_opened_and_then_once(start_house: StartHouse) -> None:
    house = start_house()
    token = setup_token(house.desk)
    assert check(house, token).json() == {"kind": "setup", "email": None, "name": None}
    common = set_up(house, token, password="password123")
    assert (common.status_code, common.json()["errors"][0]["code"]) == (422, "common_password")
    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda _: set_up(house, token), range(8)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] + [404] * 7
    assert check(house, token).status_code == 404
    (admin,) = [answer for answer in answers if answer.status_code == 201]
    assert (admin.json()["role"], "set-cookie" in admin.headers) == ("admin", True)


def test_a_restart_makes_a_new_link_until_there_is_an_admin(start_house: StartHouse) -> None:
    house = start_house()
    first = setup_token(house.desk)
    house.desk.kill()
    house.desk.start()
    second = setup_token(house.desk)
    assert [check(house, token).status_code for token in (first, second)] == [404, 200]
    assert set_up(house, second, language="es").json()["language"] == "es"
    house.desk.kill()
    house.desk.start()
    assert len(SETUP_LINK.findall(house.desk.log)) == 2


def test_a_setup_link_ends_after_a_day(start_house: StartHouse) -> None:
    house = start_house()
    token = setup_token(house.desk)
    house.sql(f"UPDATE one_time_links SET expires_at = expires_at - {24 * 3_600_000_000}")
    assert [check(house, token).status_code, set_up(house, token).status_code] == [404, 404]


def test_somebody_who_is_invited_chooses_a_password_and_works(house: House) -> None:
    email = new_email()
    answer = house.admin.post(f"{API}/agents", json={"email": email, "name": "Raúl", "role": "agent"})
    shown = answer.json()
    assert (shown["state"], shown["is_active"], answer.headers["etag"]) == ("invited", True, '"1"')
    assert house.admin.get(answer.headers["location"]).json()["id"] == shown["id"]
    token = token_of(shown["invitation"]["url"])
    assert shown["invitation"]["url"] == f"{house.origin}/desk/welcome#token={token}"
    assert check(house, token).json() == {"kind": "invitation", "email": email, "name": "Raúl"}
    me = accept(house, token, name="Raúl Vega").json()
    assert (me["id"], me["name"], me["role"]) == (shown["id"], "Raúl Vega", "agent")
    assert house.browser().sign_in(email).status_code == 200
    assert accept(house, token).status_code == 404
    assert house.admin.get(f"{API}/agents/{shown['id']}").json()["state"] == "active"


def test_an_invitation_can_be_made_again_and_the_one_before_ends(house: House) -> None:
    id, first = invited(house)
    again = house.admin.post(f"{API}/agents/{id}/invitation")
    second = token_of(again.json()["url"])
    assert accept(house, first).status_code == 404
    assert accept(house, second).status_code == 200
    refused = house.admin.post(f"{API}/agents/{id}/invitation")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")


def test_a_new_password_by_a_link_ends_what_the_old_one_opened(house: House) -> None:
    marta = house.join()
    token = token_of(house.admin.post(f"{API}/agents/{marta.id}/reset").json()["url"])
    assert check(house, token).json()["kind"] == "reset"
    assert marta.is_in()
    assert reset(house, token).status_code == 200
    assert not marta.is_in()
    assert marta.sign_in(marta.email).status_code == 401
    assert marta.sign_in(marta.email, SQUIRREL).status_code == 200
    assert reset(house, token, "another one entirely").status_code == 404


@pytest.mark.parametrize(("kind", "hours", "is_good"), [("reset", 0.99, True), ("reset", 1, False)])
def test_a_reset_ends_after_an_hour(house: House, kind: str, hours: float, is_good: bool) -> None:
    marta = house.join()
    token = token_of(house.admin.post(f"{API}/agents/{marta.id}/{kind}").json()["url"])
    let_time_pass(house, marta.id, hours)
    assert (reset(house, token).status_code == 200) is is_good


@pytest.mark.parametrize(("hours", "is_good"), [(25, True), (7 * 24 - 1, True), (7 * 24, False)])
def test_an_invitation_ends_after_a_week(house: House, hours: float, is_good: bool) -> None:
    id, token = invited(house)
    let_time_pass(house, id, hours)
    assert (accept(house, token).status_code == 200) is is_good


def test_a_link_ends_with_the_account_it_is_for(house: House) -> None:
    id, token = invited(house)
    house.admin.patch(f"{API}/agents/{id}", json={"is_active": False}, headers={"If-Match": "*"})
    assert [check(house, token).status_code, accept(house, token).status_code] == [404, 404]
    house.admin.patch(f"{API}/agents/{id}", json={"is_active": True}, headers={"If-Match": "*"})
    assert accept(house, token).status_code == 404


def test_a_link_is_good_for_its_own_kind_alone(house: House) -> None:
    _, token = invited(house)
    assert [reset(house, token).status_code, set_up(house, token).status_code] == [404, 404]
    assert accept(house, token).status_code == 200


def test_links_have_no_structure_and_are_nowhere_to_be_read(house: House) -> None:
    id, _ = invited(house)
    tokens = {token_of(house.admin.post(f"{API}/agents/{id}/invitation").json()["url"]) for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}
    for place in range(42):
        assert len({token[place] for token in tokens}) > 20
    stored, log = house.stored(), house.desk.log
    assert not [token for token in tokens if token.encode() in stored or token in log]


def test_what_lets_somebody_in_is_kept_nowhere_as_it_is_shown(house: House) -> None:
    marta = house.join()
    made = house.admin.post(
        f"{API}/keys", json={"name": "Shop", "role": "agent", "scopes": ["read"]}, headers={"Idempotency-Key": marta.id}
    )
    again = house.admin.post(f"{API}/agents/{marta.id}/reset", headers={"Idempotency-Key": marta.id})
    secrets = [marta.secret, PASSWORD, made.json()["key"], token_of(again.json()["url"])]
    stored, log = house.stored(), house.desk.log
    assert not [secret for secret in secrets if secret.encode() in stored or secret in log]


def test_a_repeated_request_is_told_what_was_made_without_its_secret(house: House) -> None:
    told, headers = {"email": new_email(), "name": "Diego", "role": "agent"}, {"Idempotency-Key": new_email()}
    first, second = (house.admin.post(f"{API}/agents", json=told, headers=headers) for _ in range(2))
    assert second.headers["idempotency-replayed"] == "true"
    assert second.json()["invitation"] == first.json()["invitation"] | {"url": None}
    assert {**second.json(), "invitation": 0} == {**first.json(), "invitation": 0}
    assert accept(house, token_of(first.json()["invitation"]["url"])).status_code == 200


def let_time_pass(house: House, agent_id: str, hours: float) -> None:
    """Bring the end of somebody's links nearer: for the desk it is as if so many hours had gone by."""
    agent = f"SELECT a.id FROM agents a WHERE a.subject = '{agent_id}'"
    micros = int(hours * 3_600_000_000)
    house.sql(f"UPDATE one_time_links SET expires_at = expires_at - {micros} WHERE agent_id IN ({agent})")
