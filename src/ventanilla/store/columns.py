"""How values of the core stand in columns: times are `core.moments`."""

from ventanilla.core.moments import maybe_micros as maybe_micros
from ventanilla.core.moments import maybe_moment as maybe_moment
from ventanilla.core.moments import micros as micros
from ventanilla.core.moments import moment as moment


def placeholders(count: int, first: int = 1) -> str:
    """Return `$1, $2, …` for `count` values."""
    return ", ".join(f"${number}" for number in range(first, first + count))
