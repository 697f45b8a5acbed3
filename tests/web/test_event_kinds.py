"""The console listens for events by name: it must know every kind that the desk tells."""

import re
from pathlib import Path

from ventanilla.core.events import EventKind

LISTENED = Path(__file__).parents[2] / "web" / "src" / "api" / "events.ts"


def test_console_listens_for_every_kind_of_event() -> None:
    words = set(re.findall(r"'([a-z_.]+)'", LISTENED.read_text(encoding="utf-8")))
    assert [kind for kind in EventKind if not {kind.value, kind.value.removeprefix("ticket.")} & words] == []
