"""The people of the benchmark: whose tickets there are, and the tokens they show to every server alike."""

import time
from collections.abc import Sequence
from functools import lru_cache

from joserfc import jwt
from joserfc.jwk import OctKey

ISSUER = "bench"
SECRET = "a secret that the desk and the app beside it share"
TICKETS_EACH = 25
MOST_TOKENS = 1_000
"""How many people are active at a time."""
ADMIN = "admin-1"


def people_of(tickets: int) -> int:
    """Return how many people own a desk of so many tickets."""
    return max(1, tickets // TICKETS_EACH)


def subject(person: int) -> str:
    return f"person-{person}"


def active(tickets: int, most: int = MOST_TOKENS) -> Sequence[int]:
    """Return the people who send requests, spread over everybody there is."""
    known = people_of(tickets)
    return range(0, known, max(1, known // most))[:most]


def ticket_of(person: int, tickets: int) -> int:
    """Return the id of one of a person's tickets, another place in their list for each person."""
    return 1 + person + people_of(tickets) * (person % TICKETS_EACH)


@lru_cache(maxsize=4 * MOST_TOKENS)
def token(person: int) -> str:
    return _mint({"sub": subject(person), "name": f"Person {person}", "email": f"{subject(person)}@example.com"})


def admin_token() -> str:
    return _mint({"sub": ADMIN, "name": "Alicia Admin", "role": "admin"})


def _mint(claims: dict[str, str]) -> str:
    return jwt.encode({"alg": "HS256"}, {**claims, "exp": int(time.time()) + 24 * 3600}, OctKey.import_key(SECRET))
