"""Lists of the native API: their pages, and how the next one is named in body and header."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from ventanilla.contracts.desk.wire import Order, Paging
from ventanilla.core import ids
from ventanilla.wirekit import cursors
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.request import Request

T = TypeVar("T")

DECLARED: Mapping[str, str] = {"Link": 'The next page, as `rel="next"`; absent on the last one.'}
"""For `Route.answer_headers`."""


def part_of(everything: Sequence[T], paging: Paging, order: str) -> tuple[Sequence[T], str | None]:
    """Return one page of a short list that was read whole, and the cursor of the next one.

    Raises InvalidInput when `after` is no cursor of this list.
    """
    start = cursors.read(paging.after, order, 1, "after")[0] if paging.after else 0
    end = start + paging.limit
    page = everything[max(start, 0) : end] if end > 0 else ()
    return page, cursors.write(order, (end,)) if end < len(everything) else None


def listed(request: Request, payload: Any) -> Answer:
    """Answer with a page; `payload.next` is the cursor of the next one, None for the last."""
    if payload.next is None:
        return json_answer(200, payload)
    query = urlencode({**request.query_words, "after": payload.next})
    return json_answer(200, payload, (("Link", f'<{request.path}?{query}>; rel="next"'),))


def order(form: Order) -> list[UUID]:
    """Return the ids of an order, without what is none: nothing goes by that."""
    return [uuid for text in form.ids if (uuid := ids.parse_uuid(text))]
