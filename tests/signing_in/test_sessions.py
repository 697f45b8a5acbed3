"""Sessions over HTTP: what begins them, what they are worth, and what ends them (ASVS 7.2 to 7.4)."""

from pathlib import Path

import httpx
import pytest

from tests.contracts.mesa import AUTH, TICKETS
from tests.postgres import PostgresServer
from tests.serving import token
from tests.signing_in.house import API, PASSWORD, Browser, House, new_email, running, setup_token


def test_whoever_signs_in_is_told_who_they_are_and_what_they_may_do(house: House) -> None:
    marta = house.join("light_agent")
    again = house.browser()
    answer = again.sign_in(f" {marta.email.upper()} ")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    me = answer.json()
    assert me == again.get(f"{API}/me").json()
    assert (me["id"], me["email"], me["role"], me["areas"]) == (marta.id, marta.email, "light_agent", [])
    assert {"read", "note", "use_staff_api"} <= set(me["permissions"])
    assert not {"answer", "assign", "manage_accounts"} & set(me["permissions"])
    assert me["desk"] == {"name": "Ventanilla", "time_zone": "UTC", "version": "0.1.0"}


def test_a_cookie_is_for_the_browser_alone_and_for_this_desk_alone(house: House) -> None:
    marta = house.join()
    given = house.browser().sign_in(marta.email).headers["set-cookie"]
    name, *attributes = given.split("; ")
    assert name.startswith("ventanilla=")
    assert attributes == ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=1209600"]


def test_each_sign_in_is_another_session_and_takes_the_place_of_the_browsers_last(house: House) -> None:
    marta = house.join()
    first = marta.secret
    assert len(first) >= 43
    marta.sign_in(marta.email)
    assert marta.secret != first
    old = house.browser()
    old.cookies.set("ventanilla", first)
    assert (marta.is_in(), old.is_in()) == (True, False)


def test_there_is_no_session_before_a_password_was_right(house: House) -> None:
    marta, guesser = house.join(), house.browser()
    refused = guesser.sign_in(marta.email, "wrong horse battery staple")
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers
    assert not guesser.is_in()


def test_signing_out_ends_the_session_and_not_the_others(house: House) -> None:
    marta, elsewhere = house.join(), house.browser()
    elsewhere.sign_in(marta.email)
    kept = marta.secret
    gone = marta.delete(f"{API}/session")
    assert (gone.status_code, "Max-Age=0" in gone.headers["set-cookie"]) == (204, True)
    marta.cookies.set("ventanilla", kept)
    assert (marta.is_in(), elsewhere.is_in()) == (False, True)


def test_everybody_sees_their_own_sessions_and_ends_any_of_them(house: House) -> None:
    marta, raul = house.join(), house.join()
    phone = house.browser(**{"User-Agent": "Phone/1.0"})
    phone.sign_in(marta.email)
    listed = marta.get(f"{API}/sessions").json()["data"]
    assert [(one["user_agent"], one["is_current"], one["address"]) for one in listed] == [
        (listed[0]["user_agent"], True, "127.0.0.1"),
        ("Phone/1.0", False, "127.0.0.1"),
    ]
    assert raul.delete(f"{API}/sessions/{listed[1]['id']}").status_code == 404
    assert phone.is_in()
    assert marta.delete(f"{API}/sessions/{listed[1]['id']}").status_code == 204
    assert (marta.is_in(), phone.is_in(), raul.is_in()) == (True, False, True)


def test_whoever_is_deactivated_is_out_with_the_next_request_and_stays_out(house: House) -> None:
    marta = house.join()
    bearer = login_token(house, marta)
    assert (marta.is_in(), dashboard(house, bearer)) == (True, 200)
    assert house.change(marta, is_active=False).json()["state"] == "inactive"
    assert (marta.is_in(), dashboard(house, bearer)) == (False, 401)
    assert marta.sign_in(marta.email).status_code == 401
    house.change(marta, is_active=True)
    assert not marta.is_in()
    assert marta.sign_in(marta.email).status_code == 200


def test_whoever_is_deactivated_through_another_contract_is_out_too(house: House) -> None:
    marta = house.join()
    with house.bearer(token("operator", rol="admin")) as operator:
        assert operator.delete(f"{AUTH}/users/{marta.id}").status_code == 200
    assert not marta.is_in()


def test_a_change_of_role_acts_on_the_next_request(house: House) -> None:
    marta = house.join("agent")
    assert marta.get(f"{API}/agents?all=1").status_code == 403
    house.change(marta, role="admin")
    assert marta.get(f"{API}/agents?all=1").status_code == 200
    house.change(marta, role="area_agent", areas=["Redes"])
    assert marta.get(f"{API}/agents?all=1").status_code == 403
    assert marta.get(f"{API}/me").json()["areas"] == ["Redes"]


def test_a_new_password_ends_every_other_session_and_token(house: House) -> None:
    marta, elsewhere = house.join(), house.browser()
    elsewhere.sign_in(marta.email)
    bearer = login_token(house, marta)
    reset = house.admin.post(f"{API}/agents/{marta.id}/reset").json()["url"]
    changed = marta.post(f"{API}/me/password", json={"current": PASSWORD, "new": "another horse entirely"})
    assert changed.status_code == 204
    assert (marta.is_in(), elsewhere.is_in(), dashboard(house, bearer)) == (True, False, 401)
    link = elsewhere.post(f"{API}/links/check", json={"token": reset.partition("#token=")[2]})
    assert link.status_code == 404
    assert elsewhere.sign_in(marta.email).status_code == 401
    assert elsewhere.sign_in(marta.email, "another horse entirely").status_code == 200


def test_a_password_is_not_changed_without_the_old_one(house: House) -> None:
    marta = house.join()
    refused = marta.post(f"{API}/me/password", json={"current": "wrong horse", "new": "another horse entirely"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/current")
    assert marta.sign_in(marta.email).status_code == 200


@pytest.mark.parametrize(("column", "hours", "is_in"), [("seen_at", 11, True), ("seen_at", 12, False)])
def test_a_session_that_nobody_uses_ends(house: House, column: str, hours: int, is_in: bool) -> None:
    marta = house.join()
    let_time_pass(house, marta, column, hours)
    assert marta.is_in() is is_in


@pytest.mark.parametrize(("days", "is_in"), [(13, True), (14, False)])
def test_a_session_that_is_used_ends_all_the_same(house: House, days: int, is_in: bool) -> None:
    marta = house.join()
    let_time_pass(house, marta, "created_at", days * 24)
    assert marta.is_in() is is_in


def test_being_seen_is_written_down_and_keeps_a_session_alive(house: House) -> None:
    marta = house.join()
    for _ in range(3):
        let_time_pass(house, marta, "seen_at", 11)
        assert marta.is_in()
    let_time_pass(house, marta, "created_at", 24)
    (session,) = marta.get(f"{API}/sessions").json()["data"]
    assert session["seen_at"] > session["created_at"]
    shown = house.admin.get(f"{API}/agents/{marta.id}").json()
    assert shown["last_seen_at"] >= session["seen_at"]


def test_the_desk_ends_sessions_as_its_operator_says(tmp_path: Path) -> None:
    config = 'data_dir = "{data_dir}"\nname = "Soporte Duero"\n[sessions]\nidle_hours = 1\nlife_hours = 2\n'
    with running(tmp_path, None, config=config) as house:
        alicia = house.set_up()
        assert alicia.get(f"{API}/me").json()["desk"]["name"] == "Soporte Duero"
        alicia.id = alicia.get(f"{API}/me").json()["id"]
        assert "Max-Age=7200" in alicia.sign_in(house.admin_email).headers["set-cookie"]
        let_time_pass(house, alicia, "seen_at", 1)
        assert not alicia.is_in()


def test_a_session_is_the_same_in_every_process_and_after_a_restart(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    url = postgres_server.new_database()
    with running(tmp_path / "one", url) as one, running(tmp_path / "two", url) as two:
        # The link of the later start is the one that is good, wherever it is shown.
        two.set_up()
        refused = httpx.post(f"{one.origin}{API}/links/check", json={"token": setup_token(one.desk)})
        assert refused.status_code == 404
        for _ in range(2):
            there = one.browser()
            there.cookies.set("ventanilla", two.admin.secret)
            assert there.is_in()
            one.desk.kill()
            one.desk.start()
        there = one.browser()
        there.cookies.set("ventanilla", two.admin.secret)
        assert there.delete(f"{API}/session").status_code == 204
        assert not two.admin.is_in()
    postgres_server.drop(url)


@pytest.mark.parametrize("name", ["X-Remote-User", "X-Forwarded-User", "X-User-Id", "Remote-User", "X-Forwarded-Email"])
def test_nobody_is_known_by_a_header_that_a_proxy_might_set(house: House, name: str) -> None:
    visitor = house.browser(**{name: house.admin_email})
    assert not visitor.is_in()


def test_whatever_is_wrong_with_a_sign_in_it_is_answered_the_same(house: House) -> None:
    marta, gone = house.join(), house.join()
    house.change(gone, is_active=False)
    invited = {"email": new_email(), "name": "Nuevo", "role": "agent"}
    assert house.admin.post(f"{API}/agents", json=invited).status_code == 201
    visitor = house.browser()
    refused = [
        visitor.sign_in(marta.email, "wrong horse battery staple"),
        visitor.sign_in(marta.email, PASSWORD + " "),
        visitor.sign_in(marta.email, ""),
        visitor.sign_in(new_email()),
        visitor.sign_in("no address"),
        visitor.sign_in(gone.email),
        visitor.sign_in(invited["email"], "!"),
        visitor.sign_in(invited["email"], "nobody has this password"),
    ]
    assert {answer.status_code for answer in refused} == {401}
    assert {answer.text.replace(answer.json()["instance"], "") for answer in refused} == {
        refused[0].text.replace(refused[0].json()["instance"], "")
    }


def login_token(house: House, somebody: Browser) -> str:
    """A token of contract 2's login."""
    answer = httpx.post(f"{house.origin}{AUTH}/login", json={"email": somebody.email, "password": PASSWORD})
    return str(answer.json()["access_token"])


def dashboard(house: House, bearer: str) -> int:
    with house.bearer(bearer) as client:
        return client.get(f"{TICKETS}/dashboard?limit=1").status_code


def let_time_pass(house: House, somebody: Browser, column: str, hours: int) -> None:
    """Move a time of somebody's sessions back: for the desk it is as if so many hours had gone by."""
    agent = f"SELECT a.id FROM agents a WHERE a.subject = '{somebody.id}'"
    house.sql(f"UPDATE sessions SET {column} = {column} - {hours * 3_600_000_000} WHERE agent_id IN ({agent})")
