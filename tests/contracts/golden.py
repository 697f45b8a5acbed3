"""Comparing answers with the source documents' examples: the same keys in the same order, the same values, but for
ids and times, which have to be of the same form."""

import json
import re
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent.parent / "golden"

FORMS = {
    "time with seconds": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "time with milliseconds": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
    "ObjectId": re.compile(r"[0-9a-f]{24}"),
    # The source's own examples hold I, L and O, which are no digits of this base.
    "ULID": re.compile(r"01[0-9A-Z]{24}"),
}


def golden(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def same_but_for_ids_and_times(text: str, example: Any) -> bool:
    """Tell whether `text` is written as `example` would be, every id and time replaced by its form."""
    return _compact(_formed(json.loads(text))) == _compact(_formed(example)) and text == _compact(json.loads(text))


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _formed(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _formed(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_formed(inner) for inner in value]
    if key == "id" and isinstance(value, int):
        return "integer"
    if isinstance(value, str):
        return next((form for form, pattern in FORMS.items() if pattern.fullmatch(value)), value)
    return value
