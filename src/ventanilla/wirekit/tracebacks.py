"""A traceback without what somebody wrote: where an error arose always, its words only when they are of our making."""

import traceback

_LONGEST = 300
_DATA_EXCEPTION = "22"
"""PostgreSQL's class of errors that quote the value they are about."""


def as_text(error: BaseException) -> str:
    """Return the traceback of an error and of what it came from, the first cause first."""
    chain: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in chain:
        chain.append(found)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return "".join(_one(link) for link in reversed(chain))


def _one(error: BaseException) -> str:
    kind = type(error)
    place = "".join(traceback.format_tb(error.__traceback__))
    return f"{place}{kind.__module__}.{kind.__qualname__}: {_words(error)}\n"


def _words(error: BaseException) -> str:
    """Return the first line of what the error says, or nothing where it would quote a value.

    On the lines after the first PostgreSQL tells whole rows ("Failing row contains …").
    """
    sqlstate = getattr(error, "sqlstate", None) or ""
    if isinstance(error, ValueError | LookupError) or sqlstate.startswith(_DATA_EXCEPTION):
        return "(not told: it may quote what somebody wrote)"
    return str(error).partition("\n")[0][:_LONGEST]
