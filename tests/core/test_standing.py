"""What a caller is to a ticket: ownership, keys, areas, and what one sees in a list."""

from dataclasses import replace

import pytest

from tests.core.tickets import a_requester, a_ticket
from tests.people import (
    ALICIA,
    ANA,
    BRUNO,
    ELENA,
    ELENA_EMAIL,
    MARTA,
    NOBODY,
    PAGOS,
    RAUL,
    REDES,
    requester,
    staff,
    with_key,
)
from ventanilla.core import access
from ventanilla.core.access import Permission, Standing
from ventanilla.core.access_keys import hash_access_key
from ventanilla.core.areas import same_area
from ventanilla.core.errors import Forbidden, ForeignArea
from ventanilla.core.filters import TicketFilter
from ventanilla.core.people import Requester, Role, email_identity


def test_the_same_subject_from_another_issuer_is_another_person() -> None:
    namesake = requester("Ana", "u-1", issuer="another-app")
    assert access.standings_towards(ANA, a_ticket()) == {Standing.OWNER}
    assert access.standings_towards(namesake, a_ticket()) == frozenset()


def test_a_verified_address_owns_what_was_opened_in_public_with_it() -> None:
    public = a_ticket(requester=Requester(9, email_identity(ELENA_EMAIL), ELENA.profile))
    assert access.may(ELENA, Permission.REPLY, public)
    assert not access.may(replace(ELENA, verified_email=None), Permission.REPLY, public)


@pytest.mark.parametrize("key", [None, "", "otra", "LLAVE-1"])
def test_a_wrong_key_opens_nothing(key: str | None) -> None:
    assert not access.standings_towards(with_key(key or ""), a_ticket(access_key_hash=hash_access_key("llave-1")))
    assert not a_ticket(access_key_hash=hash_access_key("llave-1")).opens_with(key)


def test_a_ticket_without_a_key_is_opened_by_none() -> None:
    assert not a_ticket().opens_with("llave-1")


def test_a_key_that_is_not_text_at_all_is_merely_wrong() -> None:
    assert not a_ticket(access_key_hash=hash_access_key("llave-1")).opens_with("\ud800")


def test_areas_are_the_same_without_regard_to_case_and_accents() -> None:
    assert same_area("Atención  Médica", "ATENCION_MEDICA")
    assert not same_area("Redes", "Pagos")
    assert not same_area(None, None)


def test_an_area_agent_sees_the_area_however_it_is_written() -> None:
    assert access.may(RAUL, Permission.READ, a_ticket(area="REDES"))


def test_an_agent_bound_to_no_area_sees_no_ticket() -> None:
    lost = replace(RAUL, areas=())
    with pytest.raises(ForeignArea):
        access.require(lost, Permission.READ, a_ticket())


def test_an_area_agent_reads_their_own_ticket_in_a_foreign_area_as_its_requester() -> None:
    own = a_ticket(area=PAGOS, requester=a_requester(RAUL))
    access.require(RAUL, Permission.REPLY, own)
    with pytest.raises(Forbidden):
        access.require(RAUL, Permission.ANSWER, own)


def test_staff_on_the_requesters_half_are_requesters() -> None:
    assert access.standings_towards(ALICIA.as_requester(), a_ticket()) == frozenset()
    assert access.standings_towards(ALICIA.as_requester(), a_ticket(requester=a_requester(ALICIA))) == {Standing.OWNER}
    assert ANA.as_requester() is ANA


def test_requesters_list_their_own_tickets_under_each_of_their_identities() -> None:
    assert ELENA.identity is not None
    assert access.in_sight(ELENA) == TicketFilter(owners=(ELENA.identity, email_identity(ELENA_EMAIL)))
    assert access.in_sight(NOBODY) == TicketFilter(owners=())
    assert access.own(MARTA) == TicketFilter(owners=MARTA.identities)


def test_staff_list_everything_and_area_agents_their_area() -> None:
    assert access.in_sight(MARTA) == TicketFilter()
    assert access.in_sight(RAUL) == TicketFilter(served=(REDES,))
    assert access.in_sight(staff("Nora", Role.AREA_AGENT, REDES, PAGOS)) == TicketFilter(served=(REDES, PAGOS))
    assert access.in_sight(replace(RAUL, areas=())) == TicketFilter(served=())
    assert access.in_sight(BRUNO) == TicketFilter(owners=BRUNO.identities)
