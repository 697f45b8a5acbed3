"""The areas that the desk knows of."""

from collections.abc import Sequence

from ventanilla.core.areas import area_key
from ventanilla.store.agent_rows import NO_AREAS, areas_from
from ventanilla.store.connection import Connection

MOST = 500

# One step into an index for each area, however many tickets there are.
_OF_TICKETS = (
    "SELECT (SELECT t.area FROM tickets t WHERE t.area_key = q.area_key ORDER BY t.updated_at DESC, t.id DESC LIMIT 1)"
    f" FROM (SELECT DISTINCT area_key FROM queue_counts WHERE tickets > 0) q ORDER BY q.area_key LIMIT {MOST}"
)
_OF_AGENTS = f"SELECT DISTINCT areas FROM agents WHERE areas <> '{NO_AREAS}' AND is_active = 1 LIMIT {MOST}"


class AreaRepository:
    """`actions.ports.Areas` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def known(self) -> Sequence[str]:
        told = [name for (areas,) in await self._db.rows(_OF_AGENTS) for name in areas_from(areas)]
        told += [name for (name,) in await self._db.rows(_OF_TICKETS) if name]
        found: dict[str, str] = {}
        for name in told:
            found.setdefault(area_key(name), name)
        return [found[key] for key in sorted(found)][:MOST]
