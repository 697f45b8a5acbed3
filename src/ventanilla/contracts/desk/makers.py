"""Who made a view or a macro that comes back."""

from uuid import UUID

from msgspec import UnsetType

from ventanilla.actions.staff import MAKER
from ventanilla.contracts.desk.wire import told
from ventanilla.core import ids
from ventanilla.core.errors import Fault, InvalidInput, Rule


def maker(given: str | UnsetType) -> UUID | None:
    """Return who is named; None where nobody is. Raises InvalidInput for what is no id."""
    text = told(given)
    uuid = ids.parse_uuid(text) if text is not None else None
    if text is not None and uuid is None:
        raise InvalidInput(Fault(MAKER, Rule.UNKNOWN_PERSON))
    return uuid
