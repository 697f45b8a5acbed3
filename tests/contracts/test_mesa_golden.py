"""The examples of contract 2's source document, byte for byte but for ids and times."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

GOLDEN = Path(__file__).parent.parent / "golden" / "mesa"


def golden(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    return found


def compact(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_the_example_of_the_source_document_is_answered_as_it_says(anyone: httpx.Client) -> None:
    answer = anyone.post("/api/tickets/crear", json=golden("crear.request"))
    created = answer.json()
    told = {name: created[name] for name in ("ticketUuid", "ticketLabel", "fechaCreacion", "fechaLimiteSla")}
    assert (answer.status_code, answer.text) == (200, compact(golden("crear.response") | told))
    opened, due = (datetime.fromisoformat(told[name]) for name in ("fechaCreacion", "fechaLimiteSla"))
    assert due - opened == timedelta(hours=4)


def test_the_ticket_is_found_as_the_source_document_says(anyone: httpx.Client) -> None:
    created = anyone.post("/api/tickets/crear", json=golden("crear.request")).json()
    question = golden("consultar.request") | {"label": created["ticketLabel"]}
    answer = anyone.post("/api/tickets/consultar", json=question)
    told = {
        "ticketUuid": created["ticketUuid"],
        "ticketLabel": created["ticketLabel"],
        "ticketNum": int(created["ticketLabel"].rpartition("-")[2]),
        "creadoEn": created["fechaCreacion"],
        "actualizadoEn": created["fechaCreacion"],
        "ultimaFechaHistorial": created["fechaCreacion"],
    }
    ours = {
        "estadoAntes": None,
        "estadoDespues": "ABIERTO",
        "prioridadAntes": None,
        "prioridadDespues": "ALTA",
        "areaAntes": None,
        "areaDespues": "MESA",
    }
    assert (answer.status_code, answer.text) == (200, compact(golden("consultar.response") | told | ours))
