"""The admin half of contract 1."""

import itertools

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.test_debuta import ADMIN, own, report

from ventanilla.core import ids

STATES = ("abierto", "en_revision", "resuelto", "cerrado")


def test_a_user_and_an_agent_are_no_admins(ana: httpx.Client, marta: httpx.Client, alicia: httpx.Client) -> None:
    number = report(ana)
    for client in (ana, marta):
        refused = client.put(f"{ADMIN}/{number}", json={"estado": "cerrado"})
        assert (refused.status_code, set(refused.json())) == (403, {"message"})
        assert client.get(ADMIN).status_code == 403
    assert own(ana)[0]["estado"] == "abierto"


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(STATES, 2)))
def test_an_admin_moves_a_report_between_any_two_states(
    ana: httpx.Client, alicia: httpx.Client, before: str, after: str
) -> None:
    number = report(ana)
    for state in (before, after):
        moved = alicia.put(f"{ADMIN}/{number}", json={"estado": state})
        assert (moved.status_code, moved.json()["ticket"]["estado"]) == (200, state)
    assert own(ana)[0]["estado"] == after


def test_the_list_pages_counts_and_shows_the_owner_as_their_token_told(join: Join, alicia: httpx.Client) -> None:
    eva = join(
        "eva", first_name="Eva", last_name="Luna", username="evaluna", correo="eva@example.com", image="https://x/e.png"
    )
    numbers = [report(eva) for _ in range(3)]
    page = alicia.get(ADMIN, params={"page": 1, "limit": 2}).json()
    assert [ticket["_id"] for ticket in page["tickets"]] == numbers[:0:-1]
    assert (page["page"], page["pages"]) == (1, -(-page["total"] // 2))
    assert page["tickets"][0]["usuario"] == {
        "_id": page["tickets"][0]["usuario"]["_id"],
        "first_name": "Eva",
        "last_name": "Luna",
        "username": "evaluna",
        "correo": "eva@example.com",
        "profile_picture": {"url": "https://x/e.png"},
    }


def test_words_that_are_no_numbers_fall_back(ana: httpx.Client, alicia: httpx.Client) -> None:
    report(ana)
    for junk in ("x", "0", "-3", "1.5", "", "9" * 30):
        page = alicia.get(ADMIN, params={"page": junk, "limit": junk})
        assert (page.status_code, page.json()["page"]) == (200, 1)
        assert 1 <= len(page.json()["tickets"]) <= 20
    assert len(alicia.get(ADMIN, params={"limit": "5000"}).json()["tickets"]) <= 100


def test_an_unknown_state_finds_nothing_and_counts_the_unread_all_the_same(
    ana: httpx.Client, alicia: httpx.Client
) -> None:
    report(ana)
    found = alicia.get(ADMIN, params={"estado": "perdido"})
    assert (found.status_code, found.json()["tickets"], found.json()["total"]) == (200, [], 0)
    assert found.json()["noLeidos"] == alicia.get(f"{ADMIN}/stats").json()["noLeidos"] > 0


def test_stats_follow_every_move(ana: httpx.Client, alicia: httpx.Client) -> None:
    before = alicia.get(f"{ADMIN}/stats").json()
    number = report(ana)
    opened = alicia.get(f"{ADMIN}/stats").json()
    gained = {name: opened[name] - before[name] for name in before}
    assert gained == {"total": 1, "abiertos": 1, "enRevision": 0, "resueltos": 0, "noLeidos": 1}
    alicia.put(f"{ADMIN}/{number}", json={"estado": "resuelto"})
    resolved = alicia.get(f"{ADMIN}/stats").json()
    gained = {name: resolved[name] - before[name] for name in before}
    assert gained == {"total": 1, "abiertos": 0, "enRevision": 0, "resueltos": 1, "noLeidos": 0}


def test_the_same_answer_again_writes_nothing_and_an_empty_one_removes_nothing(
    ana: httpx.Client, alicia: httpx.Client
) -> None:
    number = report(ana)
    for text in ("Pruebe otra vez", "Pruebe otra vez", "   ", ""):
        assert alicia.put(f"{ADMIN}/{number}", json={"respuesta_admin": text}).status_code == 200
    integer = int(number[8:], 16)
    thread = ana.get(f"/api/mobile/support-requests/{integer}").json()["data"]["messages"]
    assert [message["body"] for message in thread] == ["La contraseña no sirve.", "Pruebe otra vez"]
    assert own(ana)[0]["respuesta_admin"] == "Pruebe otra vez"


def test_an_answer_to_a_closed_report_needs_it_opened_in_the_same_call(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = report(ana)
    alicia.put(f"{ADMIN}/{number}", json={"estado": "cerrado"})
    assert alicia.put(f"{ADMIN}/{number}", json={"respuesta_admin": "Otra cosa"}).status_code == 409
    both = alicia.put(f"{ADMIN}/{number}", json={"estado": "abierto", "respuesta_admin": "Otra cosa"})
    assert (both.json()["ticket"]["estado"], both.json()["ticket"]["respuesta_admin"]) == ("abierto", "Otra cosa")


@pytest.mark.parametrize("number", ["0" * 24, "xyz", "1", "f" * 24, "6b050ceb0000000000000001"])
def test_what_is_no_report_is_not_found(alicia: httpx.Client, number: str) -> None:
    missing = alicia.put(f"{ADMIN}/{number}", json={"estado": "cerrado"})
    assert (missing.status_code, missing.json()) == (404, {"message": "Ticket no encontrado"})


def test_an_unknown_state_is_refused(ana: httpx.Client, alicia: httpx.Client) -> None:
    refused = alicia.put(f"{ADMIN}/{report(ana)}", json={"estado": "perdido", "respuesta_admin": "Hola"})
    assert (refused.status_code, set(refused.json())) == (400, {"message"})
    assert (own(ana)[0]["leido_admin"], own(ana)[0]["respuesta_admin"]) == (False, "")


def support_id(client: httpx.Client) -> str:
    """The newest ticket of somebody, as contract 3 calls it."""
    return str(client.get("/v1/support/tickets").json()["data"][0]["id"])


def paused(ana: httpx.Client, alicia: httpx.Client) -> tuple[str, str]:
    """A report that waits for something: its id here, and its path in contract 2."""
    number = report(ana)
    alicia.put(f"{ADMIN}/{number}", json={"estado": "en_revision"})
    path = f"/api/tickets/{ids.parse_ulid(support_id(ana))}"
    assert alicia.post(f"{path}/pausar", json={"motivo": "Falta un dato"}).status_code == 200
    return number, path


def test_a_pending_report_is_one_in_review_and_stays_pending(ana: httpx.Client, alicia: httpx.Client) -> None:
    number, path = paused(ana, alicia)
    working = report(ana)
    alicia.put(f"{ADMIN}/{working}", json={"estado": "en_revision"})
    found = alicia.get(ADMIN, params={"estado": "en_revision", "limit": 2}).json()["tickets"]
    assert [ticket["_id"] for ticket in found] == [working, number]
    assert alicia.put(f"{ADMIN}/{number}", json={"estado": "en_revision"}).json()["ticket"]["estado"] == "en_revision"
    assert alicia.get(path).json()["ticket"]["estado"] == "PAUSADO"


def test_a_reply_of_the_owner_makes_the_report_unread_again(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = report(ana)
    alicia.put(f"{ADMIN}/{number}", json={})
    assert own(ana)[0]["leido_admin"] is True
    unread = alicia.get(f"{ADMIN}/stats").json()["noLeidos"]
    ana.post(f"/v1/support/tickets/{support_id(ana)}/messages", json={"body": "Sigue igual"})
    assert own(ana)[0]["leido_admin"] is False
    assert alicia.get(ADMIN).json()["noLeidos"] == unread + 1
    assert alicia.put(f"{ADMIN}/{number}", json={"estado": "abierto"}).json()["ticket"]["leido_admin"] is True


def test_reading_is_no_change_that_the_owner_could_see(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = report(ana)
    before = own(ana)[0]
    alicia.put(f"{ADMIN}/{number}", json={})
    assert own(ana)[0] == before | {"leido_admin": True}


def test_an_answer_and_a_state_in_one_call_end_in_that_state(ana: httpx.Client, alicia: httpx.Client) -> None:
    for state in STATES:
        done = alicia.put(f"{ADMIN}/{report(ana)}", json={"estado": state, "respuesta_admin": f"A {state}"})
        assert (done.status_code, done.json()["ticket"]["estado"]) == (200, state)
        assert (own(ana)[0]["estado"], own(ana)[0]["respuesta_admin"]) == (state, f"A {state}")


def test_every_move_is_in_the_history(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = report(ana)
    for state in ("cerrado", "resuelto", "en_revision"):
        alicia.put(f"{ADMIN}/{number}", json={"estado": state})
    history = alicia.get(f"/api/tickets/{ids.parse_ulid(support_id(ana))}").json()["historial"]
    moves = [(fact["estado_antes"], fact["estado_despues"]) for fact in history if fact["estado_antes"]]
    assert moves == [("ABIERTO", "CERRADO"), ("CERRADO", "RESUELTO"), ("RESUELTO", "EN_PROCESO")]


def test_an_answer_is_trimmed_and_cut(ana: httpx.Client, alicia: httpx.Client) -> None:
    changed = alicia.put(f"{ADMIN}/{report(ana)}", json={"respuesta_admin": "  " + "r" * 3_000})
    assert changed.json()["ticket"]["respuesta_admin"] == "r" * 2_000


def test_what_a_token_did_not_tell_is_null(join: Join, alicia: httpx.Client) -> None:
    with_nothing = join("zoe")
    number = report(with_nothing)
    shown = alicia.put(f"{ADMIN}/{number}", json={}).json()["ticket"]["usuario"]
    assert shown["_id"].startswith("zoe-")
    assert [shown[name] for name in list(shown)[1:]] == [None, None, None, None, {"url": None}]
    assert list(shown) == ["_id", "first_name", "last_name", "username", "correo", "profile_picture"]


def test_the_admins_answers_have_their_keys_in_order(ana: httpx.Client, alicia: httpx.Client) -> None:
    report(ana)
    assert list(alicia.get(ADMIN).json()) == ["tickets", "total", "noLeidos", "page", "pages"]
    assert list(alicia.get(f"{ADMIN}/stats").json()) == ["total", "abiertos", "enRevision", "resueltos", "noLeidos"]


def test_every_filter_finds_its_own_and_counts_it(ana: httpx.Client, alicia: httpx.Client) -> None:
    for state in STATES:
        number = report(ana)
        before = alicia.get(ADMIN, params={"estado": state, "limit": 1}).json()
        alicia.put(f"{ADMIN}/{number}", json={"estado": state})
        found = alicia.get(ADMIN, params={"estado": state, "limit": 1}).json()
        assert (found["tickets"][0]["_id"], found["tickets"][0]["estado"]) == (number, state)
        assert found["total"] - before["total"] == (0 if state == "abierto" else 1)
