"""What the sample desk is made of: people, and what they write, as data in TOML."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from ventanilla.core.custom_fields import FieldKind
from ventanilla.core.lifecycle import Status
from ventanilla.core.macros import MessageKind
from ventanilla.core.people import Role
from ventanilla.core.tags import Color
from ventanilla.core.views import DEFAULT_SORT
from ventanilla.core.words import Channel, Priority, RequestType, Topic

T = TypeVar("T")
Texts = Annotated[list[str], Meta(min_length=1)]


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that people write about. The first subject goes with the first body, and so on."""

    channels: list[Channel]
    area: str
    topic: Topic
    category: str
    priority: Priority
    subjects: Texts
    bodies: Texts
    replies: Texts
    answers: Texts
    notes: Texts
    solutions: Texts
    type: RequestType = RequestType.SERVICE
    role: str | None = None


class Tongue(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is said in one language. `words` holds what fills the braces of a text."""

    greetings: Texts
    details: Texts
    farewells: Texts
    thanks: Texts
    reminders: Texts
    relapses: Texts
    handovers: Texts
    urgencies: Texts
    pauses: Texts
    cancellations: Texts
    words: Mapping[str, Texts]
    case: list[Case]


class Person(Struct, frozen=True, array_like=True):
    id: str
    first_name: str
    last_name: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class StaffMember(Struct, frozen=True, forbid_unknown_fields=True):
    email: str
    name: str
    role: Role
    area: str | None = None


class People(Struct, frozen=True, forbid_unknown_fields=True):
    """`ana` is the one that the welcome text speaks for; `visitors` come without an account."""

    ana: Person
    apps: Sequence[Person]
    visitors: Sequence[Person]
    companies: Texts
    staff: Sequence[StaffMember]


class Likely(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that tickets about `topics` (none: about anything) have so often."""

    topics: list[Topic] = []
    likely: Annotated[float, Meta(ge=0, le=1)]


class SampleTag(Likely, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: str
    color: Color


class SampleField(Likely, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`values` are those that tickets have in it."""

    key: str
    name: str
    kind: FieldKind
    choices: list[str] = []
    values: Texts


class SampleMacro(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    body: str
    kind: MessageKind = MessageKind.ANSWER
    status: Status | None = None
    area: str | None = None
    tags: list[str] = []


class SampleView(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    query: str
    icon: str
    sort: str = DEFAULT_SORT


class Furniture(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands around the tickets."""

    tag: list[SampleTag]
    field: list[SampleField]
    macro: list[SampleMacro]
    view: list[SampleView]


def people() -> People:
    return _read("people.toml", People)


@cache
def furniture() -> Furniture:
    return _read("furniture.toml", Furniture)


def tongues() -> Mapping[str, Tongue]:
    """Return what is said in each language, by the language of its speakers."""
    return {"es": _read("spanish.toml", Tongue), "en": _read("english.toml", Tongue)}


def _read(name: str, kind: type[T]) -> T:
    document: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return msgspec.convert(document, kind)
