"""The event feed as server-sent events: what happens, as it happens, until one of the two sides has enough.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from time import monotonic

import msgspec

from ventanilla.actions import feed, notifications, presence
from ventanilla.contracts.desk import event_translate as translate
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.errors import DeskError, Forbidden, StoreUnavailable
from ventanilla.core.filters import Place
from ventanilla.core.presence import Move
from ventanilla.wirekit import callers
from ventanilla.wirekit.request import Request

PING_SECONDS = 15.0
CHECK_SECONDS = 25.0
"""How often it is asked anew who the caller is and what they may see; after a change in this process at once."""
POLL_SECONDS = 1.0
"""How long another replica's events may go unnoticed; this process rings for its own."""
QUIET_SECONDS = 0.05
"""Between two looks at the feed, however busy the desk is."""
AT_ONCE = 200

logger = logging.getLogger("ventanilla.requests")


class Stream:
    """One caller who follows the feed from behind a place on."""

    def __init__(self, request: Request, after: Place) -> None:
        self._request = request
        self._after = after
        self._bell = request.services.bell
        self._checked = self._sent = monotonic()
        self._doubts = self._bell.doubts
        self._unread: int | None = None
        self._moves: frozenset[Move] = frozenset()

    async def frames(self, who: str) -> AsyncIterator[bytes]:
        """Yield frames until the client is gone, may no longer see anything, or the desk closes."""
        gone = asyncio.ensure_future(self._disconnected())
        try:
            with self._bell.following(who):
                yield b"retry: 2000\n\n"
                while not gone.done() and not self._bell.is_silenced:
                    async for frame in self._news():
                        self._sent = monotonic()
                        yield frame
                    await self._bell.wait(gone, POLL_SECONDS)
                    await asyncio.sleep(QUIET_SECONDS)
        except DeskError:
            return  # signed out, or no longer on the staff
        except Exception:
            logger.exception("the stream of request %s failed", self._request.request_id)
        finally:
            gone.cancel()

    async def _news(self) -> AsyncIterator[bytes]:
        try:
            await self._check()
            async for frame in self._events():
                yield frame
            unread = await self._request.read(notifications.count_unread, self._request.actor)
            if unread != self._unread:
                self._unread = unread
                yield _frame("notification", {"unread": unread})
            known, self._moves = self._moves, await self._request.read(presence.moves, self._request.actor)
            for ticket_id in {move.ticket_id for move in self._moves - known}:
                yield _frame("presence", {"ticket_id": ticket_id})
        except StoreUnavailable:
            logger.warning("the stream of request %s waits for the store", self._request.request_id)
        if monotonic() - self._sent > PING_SECONDS:
            yield b": ping\n\n"

    async def _events(self) -> AsyncIterator[bytes]:
        is_last = False
        while not is_last:
            found = await self._request.read(feed.read, self._request.actor, self._after, AT_ONCE)
            for event in translate.part_out(found).data:
                yield _frame(event.kind, event, event.id)
            self._after, is_last = found.next, found.is_last

    async def _check(self) -> None:
        """Ask anew who the caller is. Raises Unauthenticated and Forbidden."""
        doubts = self._bell.doubts
        if doubts != self._doubts or monotonic() - self._checked > CHECK_SECONDS:
            self._request.actor = await callers.identify(self._request)
            if not access.may_on_desk(self._request.actor, Permission.USE_STAFF_API):
                raise Forbidden
            self._checked, self._doubts = monotonic(), doubts

    async def _disconnected(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while (await self._request.receive())["type"] != "http.disconnect":
                pass


def _frame(kind: str, payload: object, cursor: str = "") -> bytes:
    data = msgspec.json.encode(payload).decode()
    return (f"id: {cursor}\n" if cursor else "").encode() + f"event: {kind}\ndata: {data}\n\n".encode()
