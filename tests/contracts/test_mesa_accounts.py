"""Contract 2's login and staff accounts (shared/contracts/2-mesa.md)."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.contracts.mesa import AUTH, PASSWORD, TICKETS, add_user, ask, detail, log_in, new_user, opened
from tests.serving import RunningDesk, token


def bearer(anyone: httpx.Client, user: dict[str, Any], password: str = PASSWORD) -> dict[str, str]:
    answer = log_in(anyone, user, password)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def dashboard(anyone: httpx.Client, headers: dict[str, str]) -> int:
    return anyone.get(f"{TICKETS}/dashboard?limit=1", headers=headers).status_code


def listed(admin: httpx.Client, user: dict[str, Any]) -> dict[str, Any]:
    found: list[dict[str, Any]] = admin.get(f"{AUTH}/users").json()
    return next(one for one in found if one["id"] == user["id"])


def change(admin: httpx.Client, user: dict[str, Any], **wanted: object) -> httpx.Response:
    return admin.patch(f"{AUTH}/users/{user['id']}", json=wanted)


def test_a_member_of_staff_logs_in_and_works(anyone: httpx.Client, alicia: httpx.Client) -> None:
    user = add_user(alicia, rol="AREA", area="Redes", nombre="Raúl Ortega")
    answer = log_in(anyone, user).json()
    assert list(answer) == ["access_token", "token_type", "user"]
    assert answer["token_type"] == "bearer"
    assert list(answer["user"].items()) == [
        ("id", user["id"]),
        ("email", user["email"]),
        ("rol", "AREA"),
        ("area", "Redes"),
        ("nombre", "Raúl Ortega"),
    ]
    headers = {"Authorization": f"Bearer {answer['access_token']}"}
    ticket = opened(anyone, areaAsignada="Redes")
    assert dashboard(anyone, headers) == 200
    archived = anyone.post(f"{TICKETS}/{ticket['ticketUuid']}/archivar", json={"motivo": "Duplicado"}, headers=headers)
    assert archived.status_code == 200
    last = detail(alicia, ticket)["historial"][-1]
    assert (last["actor_nombre"], last["actor_rol"]) == ("Raúl Ortega", "AREA")


def test_the_address_of_a_login_counts_without_case(anyone: httpx.Client, alicia: httpx.Client) -> None:
    user = add_user(alicia)
    assert log_in(anyone, user | {"email": f" {user['email'].upper()} "}).status_code == 200


def test_whatever_is_wrong_with_a_login_it_is_answered_the_same(anyone: httpx.Client, alicia: httpx.Client) -> None:
    user, gone = add_user(alicia), add_user(alicia)
    alicia.delete(f"{AUTH}/users/{gone['id']}")
    answers = [
        log_in(anyone, user, "wrong horse battery staple"),
        log_in(anyone, user, PASSWORD + " "),
        log_in(anyone, user, ""),
        log_in(anyone, {"email": "nadie@desk.example"}),
        log_in(anyone, {"email": "no address"}),
        log_in(anyone, gone),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.text for answer in answers} == {'{"detail":"El correo o la contraseña no son correctos"}'}
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {"Bearer"}


def test_a_login_without_address_or_password_is_incomplete(anyone: httpx.Client) -> None:
    refused = anyone.post(f"{AUTH}/login", json={"email": "marta@desk.example"})
    assert (refused.status_code, refused.json()["detail"]) == (422, "El campo password es obligatorio")


@pytest.mark.parametrize("password", ["ocho8888", "ñandú🦙 " * 28, "  con blancos  "])
def test_a_password_is_taken_to_the_letter(anyone: httpx.Client, alicia: httpx.Client, password: str) -> None:
    password = password[:200]
    user = add_user(alicia, password=password)
    assert log_in(anyone, user, password).status_code == 200
    assert log_in(anyone, user, password[:-1]).status_code == 401


def test_an_admin_sees_the_accounts_and_no_secret_of_theirs(alicia: httpx.Client) -> None:
    user = add_user(alicia, telefono="+34 600 000 000")
    assert list(listed(alicia, user).items()) == [
        ("id", user["id"]),
        ("email", user["email"]),
        ("nombre", "Marta Ruiz"),
        ("rol", "MESA"),
        ("area", None),
        ("telefono", "+34 600 000 000"),
        ("is_active", True),
    ]


def test_a_new_account_is_told_its_id(alicia: httpx.Client) -> None:
    answer = alicia.post(f"{AUTH}/users", json=new_user())
    assert (answer.status_code, list(answer.json())) == (200, ["message", "id"])


def test_a_change_leaves_what_it_does_not_name(alicia: httpx.Client) -> None:
    user = add_user(alicia, rol="AREA", area="Redes", telefono="+34 600")
    before = listed(alicia, user)
    answer = change(alicia, user, nombre="Marta Gil", email=None, id="other", password_hash="x")
    assert (answer.status_code, list(answer.json())) == (200, ["message"])
    assert listed(alicia, user) == before | {"nombre": "Marta Gil"}
    change(alicia, user, rol="MESA", area=None, telefono=None)
    assert listed(alicia, user) == before | {"nombre": "Marta Gil", "rol": "MESA", "area": None, "telefono": None}


def test_an_account_of_several_areas_shows_the_first_and_keeps_the_others(alicia: httpx.Client) -> None:
    email = f"nora-{uuid4().hex[:8]}@desk.example"
    made = {"email": email, "name": "Nora", "role": "area_agent", "areas": ["Redes", "Pagos"]}
    agent = f"/api/desk/v1/agents/{alicia.post('/api/desk/v1/agents', json=made).json()['id']}"
    for told, areas in (("redes", ["Redes", "Pagos"]), ("Pagos", ["Pagos"])):
        shown = next(user for user in alicia.get("/api/auth/users").json() if user["email"] == email)
        assert shown["area"] == "Redes"
        assert alicia.patch(f"/api/auth/users/{shown['id']}", json={"area": told}).status_code == 200
        assert alicia.get(agent).json()["areas"] == areas


def test_a_repeated_key_compares_all_of_an_account_but_its_password(anyone: httpx.Client, alicia: httpx.Client) -> None:
    user, key = new_user(), {"Idempotency-Key": uuid4().hex}
    first = alicia.post(f"{AUTH}/users", json=user, headers=key)
    again = alicia.post(f"{AUTH}/users", json=user | {"password": "something else altogether"}, headers=key)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first.json(), "true")
    assert log_in(anyone, user).status_code == 200
    assert alicia.post(f"{AUTH}/users", json=user | {"nombre": "Otra"}, headers=key).status_code == 422


def test_a_token_is_worth_what_its_account_is_worth_now(anyone: httpx.Client, alicia: httpx.Client) -> None:
    user, _another_admin = add_user(alicia), add_user(alicia, rol="ADMIN")
    headers = bearer(anyone, user)
    assert anyone.get(f"{AUTH}/users", headers=headers).status_code == 403
    change(alicia, user, rol="ADMIN")
    assert anyone.get(f"{AUTH}/users", headers=headers).status_code == 200
    ticket = opened(anyone)
    change(alicia, user, rol="AREA", area="Pagos")
    assert anyone.get(f"{TICKETS}/{ticket['ticketUuid']}", headers=headers).status_code == 403


def test_a_deactivated_account_is_out_at_once(anyone: httpx.Client, alicia: httpx.Client) -> None:
    user = add_user(alicia)
    headers = bearer(anyone, user)
    assert dashboard(anyone, headers) == 200
    gone = alicia.delete(f"{AUTH}/users/{user['id']}")
    assert (gone.status_code, list(gone.json())) == (200, ["message"])
    assert dashboard(anyone, headers) == 401
    assert anyone.get("/api/mobile/support-requests", headers=headers).status_code == 401
    assert listed(alicia, user)["is_active"] is False
    refused = ask(alicia, opened(anyone), "asignar", agenteId=user["id"], motivo="Turno")
    assert refused.status_code == 400
    change(alicia, user, is_active=True)
    assert dashboard(anyone, headers) == 200


def test_a_new_password_ends_the_tokens_of_the_old_one(anyone: httpx.Client, alicia: httpx.Client) -> None:
    user = add_user(alicia)
    headers = bearer(anyone, user)
    change(alicia, user, password="another horse entirely")
    assert dashboard(anyone, headers) == 401
    assert log_in(anyone, user).status_code == 401
    assert dashboard(anyone, bearer(anyone, user, "another horse entirely")) == 200


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"email": "nada"}, 400, "email"),
        ({"email": None}, 422, "email"),
        ({"password": "siete77"}, 400, "password"),
        ({"password": "x" * 201}, 400, "password"),
        ({"nombre": "A"}, 400, "nombre"),
        ({"rol": "USUARIO"}, 400, "rol"),
        ({"rol": "AREA"}, 422, "area"),
        ({"telefono": "1" * 31}, 400, "telefono"),
    ],
)
def test_an_account_that_breaks_a_rule_is_not_made(
    alicia: httpx.Client, changes: dict[str, Any], status: int, field: str
) -> None:
    before = alicia.get(f"{AUTH}/users").json()
    refused = alicia.post(f"{AUTH}/users", json=new_user() | changes)
    assert (refused.status_code, refused.json()["errors"][0]["campo"]) == (status, field)
    assert alicia.get(f"{AUTH}/users").json() == before


def test_an_address_belongs_to_one_account(alicia: httpx.Client) -> None:
    first, second = add_user(alicia), add_user(alicia)
    taken = alicia.post(f"{AUTH}/users", json=new_user(email=first["email"].upper()))
    assert (taken.status_code, taken.json()["detail"]) == (400, "El campo email ya está en uso")
    assert change(alicia, second, email=first["email"]).status_code == 400


def test_only_an_admin_manages_accounts(
    anyone: httpx.Client, ana: httpx.Client, marta: httpx.Client, raul: httpx.Client, alicia: httpx.Client
) -> None:
    user = add_user(alicia)
    for somebody, status in ((anyone, 401), (ana, 403), (marta, 403), (raul, 403)):
        answers = [
            somebody.get(f"{AUTH}/users"),
            somebody.post(f"{AUTH}/users", json=new_user(rol="ADMIN")),
            change(somebody, user, rol="ADMIN"),
            somebody.delete(f"{AUTH}/users/{user['id']}"),
        ]
        assert {answer.status_code for answer in answers} == {status}
    assert (listed(alicia, user)["rol"], listed(alicia, user)["is_active"]) == ("MESA", True)


@pytest.mark.parametrize("id", ["1", "0190a6d3-3c4e-7c55-9a51-6a7f0f6f1a11", "%00"])
def test_an_account_that_is_not_there_is_not_found(alicia: httpx.Client, id: str) -> None:
    for missing in (change(alicia, {"id": id}, nombre="Marta"), alicia.delete(f"{AUTH}/users/{id}")):
        assert (missing.status_code, missing.json()) == (404, {"detail": "Usuario no encontrado"})


def test_the_last_active_admin_stays(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path).start()
    with desk.client(token("alicia", rol="admin")) as alicia:
        admin = add_user(alicia, rol="ADMIN")
        for refused in (alicia.delete(f"{AUTH}/users/{admin['id']}"), change(alicia, admin, rol="MESA")):
            assert (refused.status_code, refused.json()) == (
                409,
                {"detail": "Debe quedar al menos un administrador activo"},
            )
        add_user(alicia, rol="ADMIN")
        assert alicia.delete(f"{AUTH}/users/{admin['id']}").status_code == 200
    assert desk.stop() == 0
