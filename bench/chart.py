"""A bar chart in SVG: how far each line is beyond its goal, on a scale on which the goal is 1."""

import math
from collections.abc import Sequence
from html import escape

from bench.lines import Row

_WIDTH, _LEFT, _RIGHT = 900, 430, 60
_BAR, _STEP, _TOP = 14, 26, 46
_LEAST, _MOST = 1 / 4, 16.0
_COLOUR = {"stretch": "#1a7f37", "goal": "#4c9a61", "no": "#c2632b", "FAILED": "#a40e26"}
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}.axis{fill:#777;text-anchor:middle}.name{text-anchor:end}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}}"
)


def svg(rows: Sequence[Row]) -> str:
    """Return the chart of every line that has a goal."""
    shown = [row for row in rows if row.share_of_goal is not None]
    height = _TOP + _STEP * len(shown) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
        ' aria-label="How far each line is beyond its goal">',
        f"<style>{_STYLE}</style>",
        *_scale(height),
        *(part for number, row in enumerate(shown) for part in _bar(row, _TOP + number * _STEP)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _scale(height: int) -> list[str]:
    parts = []
    for mark in (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0):
        x, stroke = _x(mark), "#333" if mark == 1 else "#ccc"
        label = "goal" if mark == 1 else f"{mark:g} ×"
        parts.append(f'<line x1="{x:.0f}" y1="{_TOP - 8}" x2="{x:.0f}" y2="{height - 6}" stroke="{stroke}"/>')
        parts.append(f'<text class="axis" x="{x:.0f}" y="{_TOP - 16}">{label}</text>')
    return parts


def _bar(row: Row, y: int) -> list[str]:
    assert row.share_of_goal is not None
    name = row.what if row.against == "–" else f"{row.what} / {row.against}"
    end, begin = _x(row.share_of_goal), _x(_LEAST)
    parts = [
        f'<text class="name" x="{_LEFT - 8}" y="{y + 11}">{escape(_shortened(name))}</text>',
        f'<rect x="{begin:.0f}" y="{y}" width="{max(1, end - begin):.0f}" height="{_BAR}"'
        f' fill="{_COLOUR[row.verdict]}"/>',
    ]
    if row.stretch_share is not None:
        x = _x(row.stretch_share)
        parts.append(f'<rect x="{x - 1:.0f}" y="{y - 3}" width="3" height="{_BAR + 6}" fill="#8250df"/>')
    return parts


def _x(share: float) -> float:
    inside = min(max(share, _LEAST), _MOST)
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * math.log(inside / _LEAST) / math.log(_MOST / _LEAST)


def _shortened(name: str) -> str:
    return name if len(name) <= 68 else name[:67] + "…"
