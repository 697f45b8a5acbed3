"""Who is who."""

import pytest

from tests.people import ANA, APP, ELENA, NOBODY, RAUL, requester
from ventanilla.core.people import SYSTEM, Actor, ActorKind, Identity, Profile, email_identity, normal_email


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("ana@EXAMPLE.org", "ana@example.org"),
        ("Ana@example.org", "Ana@example.org"),
        (" ana@example.org ", "ana@example.org"),
        ('"a@b"@Example.ORG', '"a@b"@example.org'),
        ("", ""),
    ],
)
def test_an_address_is_compared_with_its_domain_in_lower_case(address: str, normal: str) -> None:
    assert normal_email(address) == normal
    assert email_identity(address) == Identity("email", normal)


def test_a_person_is_shown_by_name_or_address_or_subject() -> None:
    assert ANA.display_name == "Ana"
    assert requester("", "u-9", email="nueve@example.org").display_name == "nueve@example.org"
    assert requester("", "u-9").display_name == "u-9"
    assert NOBODY.display_name == ""


def test_only_agents_are_staff() -> None:
    assert RAUL.is_staff
    assert not any(person.is_staff for person in (ANA, NOBODY, SYSTEM))


def test_a_person_owns_under_every_identity_they_proved() -> None:
    assert NOBODY.identities == ()
    assert ANA.identities == (Identity(APP, "u-1"),)
    assert ELENA.identities == (Identity(APP, "u-3"), Identity("email", "elena@example.org"))
    assert Actor(kind=ActorKind.REQUESTER, profile=Profile("x")).identities == ()
