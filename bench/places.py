"""Where the benchmark keeps its things; all of it may be deleted."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
BENCH = ROOT / "bench"
DATA = BENCH / ".data"
LAST_RUN = DATA / "last-run.json"
BASELINE = BENCH / "baseline"
BASELINE_VENV = BENCH / ".venv"
DOCS = ROOT / "docs" / "performance.md"
CHART = ROOT / "docs" / "performance.svg"
LIMITS = BENCH / "limits.md"
"""What the page of results says by hand."""
