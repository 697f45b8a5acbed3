"""Who writes to the sample desk, and in which words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from ventanilla.actions.opening import TicketDraft
from ventanilla.cli.samples import Case, Person, Tongue, people, tongues
from ventanilla.core.people import OWN_ISSUER, Actor, ActorKind, Contact, Identity, Profile
from ventanilla.core.words import Channel, Priority

T = TypeVar("T")

CHOOSE_PRIORITY = (Channel.MESA, Channel.SUPPORT)
"""The contracts whose callers say how urgent it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """A ticket about to be opened, and what its story needs to go on."""

    actor: Actor
    draft: TicketDraft
    case: Case
    tongue: Tongue
    facts: Mapping[str, str]

    @property
    def may_reply(self) -> bool:
        """Who came without an account has no way to write again."""
        return self.actor.identity is not None


class Voices:
    """Deals out people and texts evenly: no case comes twice before all of its channel have come once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._people = people()
        self._tongues = tongues()
        self._cases = {channel: self._deal(self._cases_of(channel)) for channel in Channel if self._cases_of(channel)}
        self._app_people = {
            language: self._deal([self._people.ana, *self._speakers(self._people.apps, language)])
            for language in self._tongues
        }
        self._visitors = {
            language: self._deal(self._speakers(self._people.visitors, language)) for language in self._tongues
        }

    def opening(self, channel: Channel) -> Told:
        language, case, number = next(self._cases[channel])
        tongue = self._tongues[language]
        facts = {name: self._chance.choice(words) for name, words in tongue.words.items()} | {"area": case.area}
        is_visitor = channel is Channel.MESA or (channel is Channel.KINCONECTA and self._chance.random() < 0.5)
        person = next((self._visitors if is_visitor else self._app_people)[language])
        actor = Actor() if is_visitor else self.app_user(person)
        return Told(actor, self._draft(channel, case, number, tongue, facts, person, is_visitor), case, tongue, facts)

    def app_user(self, person: Person) -> Actor:
        profile = Profile(person.name, _email(person), person.first_name, person.last_name, person.id)
        return Actor(kind=ActorKind.REQUESTER, identity=Identity(OWN_ISSUER, person.id), profile=profile)

    def _draft(
        self,
        channel: Channel,
        case: Case,
        number: int,
        tongue: Tongue,
        facts: Mapping[str, str],
        person: Person,
        is_visitor: bool,
    ) -> TicketDraft:
        chance, public = self._chance, channel in (Channel.MESA, Channel.KINCONECTA)
        greeting, detail, farewell = map(chance.choice, (tongue.greetings, tongue.details, tongue.farewells))
        has_subject = channel is not Channel.MESA or chance.random() < 0.8
        return TicketDraft(
            channel=channel,
            contact=self._contact(channel, person) if public else Contact(),
            subject=case.subjects[number].format_map(facts) if has_subject else None,
            description=_join(greeting, case.bodies[number], detail, farewell).format_map(facts),
            category=case.category,
            request_type=case.type,
            role_context=case.role,
            area=case.area if channel is Channel.MESA else None,
            priority=self._priority(case) if channel in CHOOSE_PRIORITY else Priority.NORMAL,
            access_key=chance.randbytes(16).hex() if is_visitor and channel is Channel.KINCONECTA else None,
        )

    def _contact(self, channel: Channel, person: Person) -> Contact:
        chance = self._chance
        if channel is Channel.KINCONECTA:
            return Contact(name=person.name, email=_email(person))
        has_phone = chance.random() < 0.6
        return Contact(
            name=person.name,
            email=_email(person),
            phone=f"+34 600 {chance.randrange(1000):03d} {chance.randrange(1000):03d}" if has_phone else None,
            has_whatsapp=has_phone and chance.random() < 0.5,
            document=f"{chance.randrange(10**7, 10**8)}" if chance.random() < 0.5 else None,
            company=chance.choice(self._people.companies) if chance.random() < 0.4 else None,
        )

    def _priority(self, case: Case) -> Priority:
        return case.priority if self._chance.random() < 0.7 else self._chance.choice(list(Priority))

    def _cases_of(self, channel: Channel) -> Sequence[tuple[str, Case, int]]:
        return [
            (language, case, number)
            for language, tongue in self._tongues.items()
            for case in tongue.case
            if channel in case.channels
            for number in range(len(case.bodies))
        ]

    def _deal(self, cards: Sequence[T]) -> Iterator[T]:
        while True:
            yield from self._chance.sample(cards, len(cards))

    @staticmethod
    def _speakers(everybody: Sequence[Person], language: str) -> Sequence[Person]:
        return [person for person in everybody if person.language == language]


def _email(person: Person) -> str:
    return f"{person.id}@example.com"


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
