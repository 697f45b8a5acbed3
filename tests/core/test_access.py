"""Who may do what: the whole table, every permission for every person, written out by hand."""

from dataclasses import replace

import pytest

from tests.core.tickets import a_ticket
from tests.people import ALICIA, ANA, BRUNO, CARMEN, LEO, MARTA, NOBODY, RAUL, SOFIA, with_key
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.access_keys import hash_access_key
from ventanilla.core.errors import DeskError, Forbidden, ForeignArea, NotFound, Unauthenticated
from ventanilla.core.people import SYSTEM, Actor, Scope
from ventanilla.core.ticket import Ticket

KEY = "llave-1"

PEOPLE = {
    "Ana": ANA,
    "Bruno": BRUNO,
    "nobody": NOBODY,
    "key": with_key(KEY),
    "Raúl": RAUL,
    "Sofía": SOFIA,
    "Leo": LEO,
    "Marta": MARTA,
    "Carmen": CARMEN,
    "Alicia": ALICIA,
    "system": SYSTEM,
}

# Ana's ticket in Raúl's area. yes; no: Forbidden; none: NotFound, as if there were no such ticket; area: ForeignArea.
ON_A_TICKET = """
                       Ana  Bruno  nobody  key   Raúl  Sofía  Leo  Marta  Carmen  Alicia  system
    READ               yes  none   none    yes   yes   area   yes  yes    yes     yes     yes
    READ_INTERNAL      no   none   none    no    yes   area   yes  yes    yes     yes     yes
    REPLY              yes  none   none    no    no    area   no   no     no      no      no
    WITHDRAW           yes  none   none    no    no    area   no   no     no      no      no
    ATTACH             yes  none   none    yes   yes   area   no   yes    yes     yes     yes
    DELETE_ATTACHMENT  no   none   none    no    yes   area   no   yes    yes     yes     yes
    ANSWER             no   none   none    no    yes   area   no   yes    yes     yes     yes
    NOTE               no   none   none    no    yes   area   yes  yes    yes     yes     yes
    START              no   none   none    no    yes   area   no   yes    yes     yes     yes
    ASSIGN             no   none   none    no    no    area   no   yes    yes     yes     yes
    TRANSFER           no   none   none    no    no    area   no   yes    yes     yes     yes
    RECLASSIFY         no   none   none    no    no    area   no   yes    yes     yes     yes
    UPDATE             no   none   none    no    yes   area   no   yes    yes     yes     yes
    PAUSE              no   none   none    no    yes   area   no   yes    yes     yes     yes
    RESOLVE            no   none   none    no    yes   area   no   yes    yes     yes     yes
    CLOSE              no   none   none    no    yes   area   no   yes    yes     yes     yes
    CANCEL             no   none   none    no    yes   area   no   yes    yes     yes     yes
    ARCHIVE            no   none   none    no    yes   area   no   yes    yes     yes     yes
    REOPEN             no   none   none    no    no    area   no   yes    yes     yes     yes
    TAKE               no   none   none    no    yes   area   no   yes    yes     yes     yes
    EDIT               no   none   none    no    yes   area   no   yes    yes     yes     yes
    SNOOZE             no   none   none    no    yes   area   no   yes    yes     yes     yes
    MERGE              no   none   none    no    yes   area   no   yes    yes     yes     yes
    SPLIT              no   none   none    no    yes   area   no   yes    yes     yes     yes
    LINK               no   none   none    no    yes   area   no   yes    yes     yes     yes
    OPEN_FOR_OTHERS    no   none   none    no    yes   area   no   yes    yes     yes     yes
    EDIT_REQUESTER     no   none   none    no    yes   area   no   yes    yes     yes     yes
    OVERRIDE_STATUS    no   none   none    no    no    area   no   no     no      yes     yes
    MARK_READ          no   none   none    no    yes   area   no   yes    yes     yes     yes
    IMPORT             no   none   none    no    no    area   no   yes    yes     yes     yes
    USE_STAFF_API      no   none   none    no    yes   area   yes  yes    yes     yes     yes
    USE_ADMIN_API      no   none   none    no    no    area   no   no     no      yes     yes
    MANAGE_ACCOUNTS    no   none   none    no    no    area   no   no     no      yes     yes
    TAG                  no   none   none    no    yes   area   no   yes    yes     yes     yes
    MANAGE_TAGS          no   none   none    no    no    area   no   no     yes     yes     yes
    MANAGE_FIELDS        no   none   none    no    no    area   no   no     no      yes     yes
    FILL_FIELDS          no   none   none    no    yes   area   no   yes    yes     yes     yes
    MANAGE_SHARED_VIEWS  no   none   none    no    no    area   no   no     yes     yes     yes
    MANAGE_SHARED_MACROS no   none   none    no    no    area   no   no     yes     yes     yes
    MANAGE_KEYS        no   none   none    no    no    area   no   no     no      yes     yes
"""

# The same without a ticket. who: Unauthenticated, say first who you are.
ON_THE_DESK = """
                       Ana  nobody  key  Raúl  Sofía  Leo  Marta  Carmen  Alicia  system
    READ               no   who     who  yes   yes    yes  yes    yes     yes     yes
    READ_INTERNAL      no   who     who  yes   yes    yes  yes    yes     yes     yes
    REPLY              no   who     who  no    no     no   no     no      no      no
    WITHDRAW           no   who     who  no    no     no   no     no      no      no
    ATTACH             no   who     who  yes   yes    no   yes    yes     yes     yes
    DELETE_ATTACHMENT  no   who     who  yes   yes    no   yes    yes     yes     yes
    ANSWER             no   who     who  yes   yes    no   yes    yes     yes     yes
    NOTE               no   who     who  yes   yes    yes  yes    yes     yes     yes
    START              no   who     who  yes   yes    no   yes    yes     yes     yes
    ASSIGN             no   who     who  no    no     no   yes    yes     yes     yes
    TRANSFER           no   who     who  no    no     no   yes    yes     yes     yes
    RECLASSIFY         no   who     who  no    no     no   yes    yes     yes     yes
    UPDATE             no   who     who  yes   yes    no   yes    yes     yes     yes
    PAUSE              no   who     who  yes   yes    no   yes    yes     yes     yes
    RESOLVE            no   who     who  yes   yes    no   yes    yes     yes     yes
    CLOSE              no   who     who  yes   yes    no   yes    yes     yes     yes
    CANCEL             no   who     who  yes   yes    no   yes    yes     yes     yes
    ARCHIVE            no   who     who  yes   yes    no   yes    yes     yes     yes
    REOPEN             no   who     who  no    no     no   yes    yes     yes     yes
    TAKE               no   who     who  yes   yes    no   yes    yes     yes     yes
    EDIT               no   who     who  yes   yes    no   yes    yes     yes     yes
    SNOOZE             no   who     who  yes   yes    no   yes    yes     yes     yes
    MERGE              no   who     who  yes   yes    no   yes    yes     yes     yes
    SPLIT              no   who     who  yes   yes    no   yes    yes     yes     yes
    LINK               no   who     who  yes   yes    no   yes    yes     yes     yes
    OPEN_FOR_OTHERS    no   who     who  yes   yes    no   yes    yes     yes     yes
    EDIT_REQUESTER     no   who     who  yes   yes    no   yes    yes     yes     yes
    OVERRIDE_STATUS    no   who     who  no    no     no   no     no      yes     yes
    MARK_READ          no   who     who  yes   yes    no   yes    yes     yes     yes
    IMPORT             no   who     who  no    no     no   yes    yes     yes     yes
    USE_STAFF_API      no   who     who  yes   yes    yes  yes    yes     yes     yes
    USE_ADMIN_API      no   who     who  no    no     no   no     no      yes     yes
    MANAGE_ACCOUNTS    no   who     who  no    no     no   no     no      yes     yes
    TAG                  no   who     who  yes   yes    no   yes    yes     yes     yes
    MANAGE_TAGS          no   who     who  no    no     no   no     yes     yes     yes
    MANAGE_FIELDS        no   who     who  no    no     no   no     no      yes     yes
    FILL_FIELDS          no   who     who  yes   yes    no   yes    yes     yes     yes
    MANAGE_SHARED_VIEWS  no   who     who  no    no     no   no     yes     yes     yes
    MANAGE_SHARED_MACROS no   who     who  no    no     no   no     yes     yes     yes
    MANAGE_KEYS        no   who     who  no    no     no   no     no      yes     yes
"""

# What the scope of a key lets through of all that its role may. Whatever is named in neither row needs `write`.
SCOPES = {
    Scope.READ: {"READ", "READ_INTERNAL", "USE_STAFF_API"},
    Scope.ADMIN: {"USE_ADMIN_API", "MANAGE_ACCOUNTS", "MANAGE_FIELDS", "MANAGE_KEYS"},
}

REFUSALS: dict[str, type[DeskError]] = {
    "no": Forbidden,
    "none": NotFound,
    "area": ForeignArea,
    "who": Unauthenticated,
}


def cells(table: str) -> list[tuple[str, str, str]]:
    head, *rows = [line.split() for line in table.strip().splitlines()]
    return [(row[0], column, cell) for row in rows for column, cell in zip(head, row[1:], strict=True)]


def anas_ticket() -> Ticket:
    return a_ticket(access_key_hash=hash_access_key(KEY))


def refusal_on_a_ticket(who: Actor, permission: Permission) -> type[BaseException] | None:
    try:
        access.require(who, permission, anas_ticket())
    except DeskError as refused:
        return type(refused)
    return None


def refusal_on_the_desk(who: Actor, permission: Permission) -> type[BaseException] | None:
    try:
        access.require_desk(who, permission)
    except DeskError as refused:
        return type(refused)
    return None


@pytest.mark.parametrize("table", [ON_A_TICKET, ON_THE_DESK])
def test_the_expected_tables_name_every_permission(table: str) -> None:
    assert {permission for permission, _, _ in cells(table)} == set(Permission.__members__)


@pytest.mark.parametrize(("permission", "who", "expected"), cells(ON_A_TICKET))
def test_each_person_may_do_to_a_ticket_what_the_table_says(permission: str, who: str, expected: str) -> None:
    wanted = Permission[permission]
    assert refusal_on_a_ticket(PEOPLE[who], wanted) is REFUSALS.get(expected)
    assert access.may(PEOPLE[who], wanted, anas_ticket()) is (expected == "yes")


@pytest.mark.parametrize(("permission", "who", "expected"), cells(ON_THE_DESK))
def test_each_person_may_do_on_the_desk_what_the_table_says(permission: str, who: str, expected: str) -> None:
    wanted = Permission[permission]
    assert refusal_on_the_desk(PEOPLE[who], wanted) is REFUSALS.get(expected)
    assert access.may_on_desk(PEOPLE[who], wanted) is (expected == "yes")


def needed(permission: str) -> Scope:
    return next((scope for scope, names in SCOPES.items() if permission in names), Scope.WRITE)


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize(("permission", "who", "expected"), cells(ON_THE_DESK))
def test_a_scope_takes_away_and_never_gives(scope: Scope, permission: str, who: str, expected: str) -> None:
    wanted, actor = Permission[permission], replace(PEOPLE[who], scope=scope)
    reaches = list(Scope).index(scope) >= list(Scope).index(needed(permission))
    assert access.may_on_desk(actor, wanted) is (expected == "yes" and reaches)
    assert (wanted in access.desk_permissions(actor)) is (expected == "yes" and reaches)
    assert access.may(actor, wanted, anas_ticket()) is (access.may(PEOPLE[who], wanted, anas_ticket()) and reaches)
    assert (wanted in access.permissions(actor, anas_ticket())) is access.may(actor, wanted, anas_ticket())


@pytest.mark.parametrize(("scope", "may_write"), [(None, True), (Scope.READ, False), (Scope.WRITE, True)])
def test_a_scope_for_reading_changes_nothing_at_all(scope: Scope | None, may_write: bool) -> None:
    actor = replace(ALICIA, scope=scope)
    if may_write:
        access.require_writing(actor)
    else:
        with pytest.raises(Forbidden):
            access.require_writing(actor)
