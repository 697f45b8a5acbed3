"""Tags: the native API's words and the core's, side by side."""

from collections.abc import Mapping

from ventanilla.actions.tags import TagPage, UsedTag
from ventanilla.contracts.desk import tag_wire as wire
from ventanilla.core.tags import Color
from ventanilla.wirekit import cursors

ORDER = "tags"

COLOR_OUT: Mapping[Color, wire.Color] = {
    Color.GRAY: "gray",
    Color.RED: "red",
    Color.ORANGE: "orange",
    Color.AMBER: "amber",
    Color.GREEN: "green",
    Color.TEAL: "teal",
    Color.BLUE: "blue",
    Color.INDIGO: "indigo",
    Color.PURPLE: "purple",
    Color.PINK: "pink",
}
COLOR_IN: Mapping[str, Color] = {word: color for color, word in COLOR_OUT.items()}


def tag_out(found: UsedTag) -> wire.Tag:
    tag = found.tag
    return wire.Tag(id=str(tag.uuid), name=tag.name, color=COLOR_OUT[tag.color], uses=found.uses, version=tag.version)


def tags_out(page: TagPage) -> wire.TagList:
    following = None if page.next is None else cursors.write(ORDER, (page.next,))
    return wire.TagList([tag_out(tag) for tag in page.tags], following)


def place(query: wire.TagQuery) -> int | None:
    """Return the id of the tag behind which the list goes on. Raises InvalidInput."""
    return cursors.read(query.after, ORDER, 1, "after")[0] if query.after else None
