"""Where one-time links lead: pages of the console."""

from collections.abc import Mapping

from ventanilla.core.credentials import LinkKind

PAGE_OF: Mapping[LinkKind, str] = {
    LinkKind.SETUP: "/desk/setup",
    LinkKind.INVITATION: "/desk/welcome",
    LinkKind.RESET: "/desk/reset",
}


def path_of(kind: LinkKind, token: str) -> str:
    """Return the path of a link. The token stands in the fragment, which a browser sends to nobody."""
    return f"{PAGE_OF[kind]}#token={token}"
