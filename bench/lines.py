"""One line of the table: what is measured, against what, and what there is to reach."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

FIGURES: Mapping[str, str] = {
    "rate": "{:,.0f}/s",
    "p99": "{:,.1f} ms",
    "frame": "{:,.1f} ms",
    "seconds": "{:.2f} s",
    "megabytes": "{:.0f} MB",
    "kilobytes": "{:.0f} kB",
    "rows": "{:,.0f}",
    "reached": "{:,.0f}",
}
"""What a window can tell, and how it is written."""


@dataclass(frozen=True, slots=True)
class Window:
    """What one party did in one stretch of time, by the names of FIGURES."""

    figures: Mapping[str, float]
    errors: int = 0
    first_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Bounds for the ratio of ours to theirs, and for our own figure. All that are given have to hold."""

    ratio_at_least: float | None = None
    ratio_at_most: float | None = None
    figure_at_most: float | None = None

    def is_reached(self, ratio: float | None, figure: float) -> bool:
        bounds = (
            self.ratio_at_least is None or (ratio is not None and ratio >= self.ratio_at_least),
            self.ratio_at_most is None or (ratio is not None and ratio <= self.ratio_at_most),
            self.figure_at_most is None or figure <= self.figure_at_most,
        )
        return all(bounds)

    def text(self, unit: str) -> str:
        parts = []
        if self.ratio_at_least is not None:
            parts.append(f"≥ {self.ratio_at_least:g} ×")
        if self.ratio_at_most is not None:
            parts.append(f"≤ {self.ratio_at_most:g} ×")
        if self.figure_at_most is not None:
            parts.append("≤ " + FIGURES[unit].format(self.figure_at_most).replace(".0 ", " "))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`ours` and `theirs` name parties of the scenario. A line without a goal is there for comparison."""

    what: str
    against: str = "–"
    ours: str = "ours"
    theirs: str | None = None
    unit: str = "rate"
    goal: Bar | None = None
    stretch: Bar | None = None


class Row(msgspec.Struct, frozen=True):
    """A line as it came out: one figure and one ratio for each repetition."""

    scenario: str
    what: str
    against: str
    unit: str
    ours: list[float]
    theirs: list[float]
    ratios: list[float]
    errors: int
    first_error: str
    goal: str
    stretch: str
    verdict: str
    share_of_goal: float | None
    stretch_share: float | None

    @property
    def ratio(self) -> float | None:
        return statistics.median(self.ratios) if self.ratios else None


def row_of(scenario: str, line: Line, windows: Mapping[str, Sequence[Window]]) -> Row:
    """Work out one line from the windows of its scenario, by party."""
    ours, theirs = windows[line.ours], windows[line.theirs] if line.theirs else []
    our_figures = [window.figures[line.unit] for window in ours]
    their_figures = [window.figures[line.unit] for window in theirs]
    ratios = [mine / other if other else 0.0 for mine, other in zip(our_figures, their_figures, strict=False)]
    seen = (*ours, *theirs)
    ratio, figure = (statistics.median(ratios) if ratios else None), statistics.median(our_figures)
    errors = sum(window.errors for window in seen)
    return Row(
        scenario=scenario,
        what=line.what,
        against=line.against,
        unit=line.unit,
        ours=our_figures,
        theirs=their_figures,
        ratios=ratios,
        errors=errors,
        first_error=next((window.first_error for window in seen if window.first_error), ""),
        goal=line.goal.text(line.unit) if line.goal else "",
        stretch=line.stretch.text(line.unit) if line.stretch else "",
        verdict=_verdict(line, ratio, figure, errors),
        share_of_goal=_share(line.goal, ratio, figure),
        stretch_share=_stretch_share(line),
    )


def _verdict(line: Line, ratio: float | None, figure: float, errors: int) -> str:
    if errors:
        return "FAILED"
    if line.goal is None:
        return ""
    if line.stretch is not None and line.stretch.is_reached(ratio, figure):
        return "stretch"
    return "goal" if line.goal.is_reached(ratio, figure) else "no"


def _share(bar: Bar | None, ratio: float | None, figure: float) -> float | None:
    """Return how far a result lies beyond a bar: 1 is just there, 2 twice as good; of several bounds the tightest."""
    if bar is None:
        return None
    shares = []
    if bar.ratio_at_least and ratio is not None:
        shares.append(ratio / bar.ratio_at_least)
    if bar.ratio_at_most and ratio:
        shares.append(bar.ratio_at_most / ratio)
    if bar.figure_at_most and figure:
        shares.append(bar.figure_at_most / figure)
    return min(shares, default=None)


def _stretch_share(line: Line) -> float | None:
    """Return where the stretch lies, on the scale on which the goal is 1."""
    goal, stretch = line.goal, line.stretch
    if goal is None or stretch is None or goal.ratio_at_most:
        return None  # with two bounds the two marks would be of different kinds
    if goal.ratio_at_least and stretch.ratio_at_least:
        return stretch.ratio_at_least / goal.ratio_at_least
    if goal.figure_at_most and stretch.figure_at_most:
        return goal.figure_at_most / stretch.figure_at_most
    return None
