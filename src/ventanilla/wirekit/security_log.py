"""The security log: logins, acts on staff accounts, refusals (OWASP ASVS 16.2.5, 16.3.1 to 16.3.4).

Unlike every other line these name who acted and from which address. Nobody is named by an e-mail address, no password,
token or key is told, and the log's level does not silence them.
"""

from hashlib import sha256
from uuid import UUID

from ventanilla.core import ids
from ventanilla.core.people import OWN_ISSUER, Actor
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.log_lines import LogLines
from ventanilla.wirekit.logs import about
from ventanilla.wirekit.request import Request

LOGGER = "ventanilla.security"
COMMAND_LINE = "command line"
"""The actor of a command: whoever may read the settings of the desk."""
REFUSALS = frozenset({401, 403, 429})
_ENTRANCES = frozenset({Act.LOGIN, Act.FIRST_ADMIN_MADE, Act.INVITATION_ACCEPTED, Act.RESET_ACCEPTED})
"""What somebody does who is known only afterwards: the account is theirs."""


class SecurityLog:
    """A request observer."""

    def __init__(self, lines: LogLines) -> None:
        self._lines = lines

    def __call__(self, request: Request, contract: str, route: str, status: int, started: float) -> None:
        act = request.route.act if request.route else None
        if act is None and status not in REFUSALS:
            return
        is_done, target = status < 400, _target(request)
        facts = {
            "event": act or Act.REFUSED,
            "outcome": "ok" if is_done else "failed",
            "actor": f"{OWN_ISSUER}:{target}" if act in _ENTRANCES and is_done else actor_id(request.actor),
            "target": target,
            "address": request.address,
            "status": status,
        }
        message = f"{facts['event']} {facts['outcome']}" if act else f"refused {status}"
        self._lines.write("info" if is_done else "warning", LOGGER, message, facts | about(request))


def tell_of_command(lines: LogLines, act: Act, target: UUID | None, *, is_done: bool) -> None:
    """Tell of what was done on the command line, or refused there: a line as of a request, without one."""
    facts = {
        "event": act,
        "outcome": "ok" if is_done else "failed",
        "actor": COMMAND_LINE,
        "target": str(target) if target else None,
        "address": None,
        "status": None,
    }
    lines.write("info" if is_done else "warning", LOGGER, f"{act} {facts['outcome']}", facts)


def actor_id(actor: Actor) -> str | None:
    """Return `issuer:subject`; of an issuer that uses e-mail addresses as subjects, a digest instead of those."""
    if actor.identity is None:
        return None
    issuer, subject = actor.identity
    if "@" in subject:
        subject = f"sha256-{sha256(subject.encode()).hexdigest()[:16]}"
    return f"{issuer}:{subject}"


def _target(request: Request) -> str | None:
    """Return the id of the account, key or session that this is about: noted by the route, or the one in the path."""
    if request.route is None or request.route.act is None:
        return None
    found: UUID | None = request.target or ids.parse_uuid(request.parameters.get("id", ""))
    return str(found) if found else None
