"""Cursors: the place in a list after which the next page begins, opaque to those who hand them back.

A cursor is a place in an order and gives no right to see anything, so it is not signed: another place is all that a
forged one leads to.
"""

import base64

import msgspec

from ventanilla.core.errors import Fault, InvalidInput, Rule

Place = tuple[int, ...]
"""Whole numbers in the 64 bits that every engine keeps."""

_LONGEST = 200
_MOST = 2**63
_decoder = msgspec.msgpack.Decoder(tuple[str, list[int]])


def write(order: str, place: Place) -> str:
    """Return the cursor of a place in the list that is sorted by `order`."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode((order, place))).rstrip(b"=").decode()


def read(cursor: str, order: str, length: int, field: str) -> Place:
    """Return the place of a cursor of this order, made of `length` numbers. Raises InvalidInput for `field`."""
    place = _decoded(cursor, order)
    if len(place) != length or not all(-_MOST <= number < _MOST for number in place):
        raise InvalidInput(Fault(field, Rule.NOT_A_CURSOR))
    return tuple(place)


def _decoded(cursor: str, order: str) -> list[int]:
    try:
        if len(cursor) > _LONGEST:
            return []
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        of, place = _decoder.decode(raw)
    except (ValueError, msgspec.MsgspecError):
        return []
    return place if of == order else []
