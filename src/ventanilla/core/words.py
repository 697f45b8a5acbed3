"""The core's own small vocabularies. Each contract keeps a total table from and to its own words."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from ventanilla.core.text import fold


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"
    CRITICAL = "critical"


RANK: Mapping[Priority, int] = MappingProxyType({priority: rank for rank, priority in enumerate(Priority, 1)})
"""How urgent each priority is: 1 is the least."""


class Channel(StrEnum):
    """Where a ticket came in."""

    DEBUTA = "debuta"
    MESA = "mesa"
    SUPPORT = "support"
    KINCONECTA = "kinconecta"
    MOBILE = "mobile"
    DESK = "desk"


class RequestType(StrEnum):
    """What kind of request it is: the seven words of the public desk (contract 2)."""

    PETITION = "petition"
    COMPLAINT = "complaint"
    CLAIM = "claim"
    SUGGESTION = "suggestion"
    INCIDENT = "incident"
    SERVICE = "service"
    INQUIRY = "inquiry"


class Topic(StrEnum):
    """What a category text is about, as far as the closed lists of the contracts can say it."""

    ACCOUNT = "account"
    BILLING = "billing"
    TECHNICAL = "technical"
    ABUSE = "abuse"
    SUGGESTION = "suggestion"
    OTHER = "other"


_TOPIC_WORDS = {
    "account": Topic.ACCOUNT,
    "cuenta": Topic.ACCOUNT,
    "billing": Topic.BILLING,
    "payment": Topic.BILLING,
    "pagos": Topic.BILLING,
    "technical": Topic.TECHNICAL,
    "problema_tecnico": Topic.TECHNICAL,
    "abuse": Topic.ABUSE,
    "abuso": Topic.ABUSE,
    "suggestion": Topic.SUGGESTION,
    "sugerencia": Topic.SUGGESTION,
}


@lru_cache(maxsize=1024)
def topic_of(category: str) -> Topic:
    """Return the topic that a category text names, `other` for any text that no closed list knows."""
    return _TOPIC_WORDS.get(fold(category), Topic.OTHER)
