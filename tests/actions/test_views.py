"""Saved views: everybody's own, those of all staff, and those that every desk has."""

import pytest

from tests.people import ALICIA, ANA, CARMEN, LEO, MARTA, NOBODY, RAUL, SOFIA, staff
from ventanilla.actions import views
from ventanilla.actions.ports import Desk
from ventanilla.actions.views import ViewChange, ViewDraft
from ventanilla.core.errors import Forbidden, LimitReached, NotFound, Stale, Unauthenticated
from ventanilla.core.people import Actor, Role
from ventanilla.core.views import BUILT_IN_KEYS, View

ANY = None


def a_view(name: str = "Urgent", **more: object) -> ViewDraft:
    return ViewDraft(name=name, query="priority:urgent", **more)  # type: ignore[arg-type]


async def saved(desk: Desk, actor: Actor) -> list[View]:
    return [view for view in await desk.read(views.everything, actor) if not view.is_builtin]


async def test_a_new_desk_has_the_built_in_views(desk: Desk) -> None:
    found = await desk.read(views.everything, MARTA)
    assert {view.key for view in found} == BUILT_IN_KEYS - {"my-area"}
    assert [view.key for view in found[:2]] == ["mine", "unassigned"]
    assert await desk.read(views.get, MARTA, "mine") == found[0]


async def test_an_area_agent_has_a_view_of_their_own_area(desk: Desk) -> None:
    assert (await desk.read(views.get, RAUL, "my-area")).query == 'area:"Redes" is:open'
    with pytest.raises(NotFound):
        await desk.read(views.get, MARTA, "my-area")
    nadia = staff("Nadia", Role.AREA_AGENT, 'Redes "norte"')
    assert (await desk.read(views.get, nadia, "my-area")).query == r'area:"Redes \"norte\"" is:open'


async def test_a_saved_view_is_found_again_as_it_was_saved(desk: Desk) -> None:
    draft = a_view(sort="due", columns=("subject", "sla"), icon="bolt", position=3)
    made = await desk.write(views.add, MARTA, draft)
    assert await desk.read(views.get, MARTA, made.key) == made
    assert await saved(desk, MARTA) == [made]
    assert (made.sort, made.columns, made.icon, made.position, made.version) == (
        "due",
        ("subject", "sla"),
        "bolt",
        3,
        1,
    )


async def test_what_is_ones_own_is_nobody_elses(desk: Desk) -> None:
    own = await desk.write(views.add, MARTA, a_view())
    for other in (ALICIA, RAUL):
        assert await saved(desk, other) == []
        with pytest.raises(NotFound):
            await desk.read(views.get, other, own.key)
        with pytest.raises(NotFound):
            await desk.write(views.change, other, own.key, ANY, ViewChange(name="Mine now"))
        with pytest.raises(NotFound):
            await desk.write(views.remove, other, own.key, ANY)
    assert await saved(desk, MARTA) == [own]


@pytest.mark.parametrize("lead", [CARMEN, ALICIA])
async def test_who_leads_shares_a_view_with_everybody(desk: Desk, lead: Actor) -> None:
    shared = await desk.write(views.add, lead, a_view(is_shared=True))
    for colleague in (MARTA, RAUL, LEO):
        assert await saved(desk, colleague) == [shared]
        with pytest.raises(Forbidden):
            await desk.write(views.change, colleague, shared.key, ANY, ViewChange(name="Better"))
        with pytest.raises(Forbidden):
            await desk.write(views.remove, colleague, shared.key, ANY)
    again = await desk.write(views.change, CARMEN, shared.key, ANY, ViewChange(name="Better"))
    assert [view.name for view in await saved(desk, LEO)] == [again.name] == ["Better"]


@pytest.mark.parametrize("colleague", [MARTA, RAUL, SOFIA, LEO])
async def test_who_does_not_lead_shares_nothing(desk: Desk, colleague: Actor) -> None:
    with pytest.raises(Forbidden):
        await desk.write(views.add, colleague, a_view(is_shared=True))
    own = await desk.write(views.add, colleague, a_view())
    with pytest.raises(Forbidden):
        await desk.write(views.change, colleague, own.key, ANY, ViewChange(is_shared=True))
    assert await saved(desk, colleague) == [own]


async def test_a_view_that_is_shared_no_more_is_its_makers_own(desk: Desk) -> None:
    shared = await desk.write(views.add, CARMEN, a_view(is_shared=True))
    await desk.write(views.change, ALICIA, shared.key, ANY, ViewChange(is_shared=False))
    assert await saved(desk, ALICIA) == []
    assert [view.key for view in await saved(desk, CARMEN)] == [shared.key]


async def test_a_change_is_kept_and_counts_as_a_version(desk: Desk) -> None:
    made = await desk.write(views.add, MARTA, a_view())
    wanted = ViewChange(name="All", query="", sort="number", columns=("number",), icon="star", position=9)
    changed = await desk.write(views.change, MARTA, made.key, frozenset({1}), wanted)
    assert (changed.name, changed.query, changed.sort, changed.icon) == ("All", "", "number", "star")
    assert await desk.read(views.get, MARTA, made.key) == changed
    assert changed.version == 2


async def test_a_change_that_changes_nothing_is_no_new_version(desk: Desk) -> None:
    made = await desk.write(views.add, MARTA, a_view())
    assert await desk.write(views.change, MARTA, made.key, ANY, ViewChange(name=made.name)) == made


async def test_who_has_not_seen_the_newest_version_changes_nothing(desk: Desk) -> None:
    made = await desk.write(views.add, MARTA, a_view())
    changed = await desk.write(views.change, MARTA, made.key, frozenset({1}), ViewChange(name="Newer"))
    with pytest.raises(Stale):
        await desk.write(views.change, MARTA, made.key, frozenset({1}), ViewChange(name="Older"))
    with pytest.raises(Stale):
        await desk.write(views.remove, MARTA, made.key, frozenset({1, 7}))
    assert await saved(desk, MARTA) == [changed]


async def test_a_removed_view_is_gone(desk: Desk) -> None:
    made = await desk.write(views.add, MARTA, a_view())
    await desk.write(views.remove, MARTA, made.key, frozenset({1}))
    assert await saved(desk, MARTA) == []
    with pytest.raises(NotFound):
        await desk.write(views.remove, MARTA, made.key, ANY)


async def test_built_in_views_stay_as_they_are(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        await desk.write(views.change, ALICIA, "mine", ANY, ViewChange(name="Yours"))
    with pytest.raises(Forbidden):
        await desk.write(views.remove, ALICIA, "mine", ANY)


async def test_views_come_by_their_position_shared_ones_first(desk: Desk) -> None:
    for name, position in (("c", 2), ("a", 1), ("b", 1)):
        await desk.write(views.add, CARMEN, a_view(name, position=position))
        await desk.write(views.add, CARMEN, a_view(name.upper(), position=position, is_shared=True))
    assert [view.name for view in await saved(desk, CARMEN)] == ["A", "B", "C", "a", "b", "c"]


async def test_there_are_only_so_many(desk: Desk) -> None:
    for number in range(views.MOST_OWN):
        await desk.write(views.add, MARTA, a_view(str(number)))
    with pytest.raises(LimitReached):
        await desk.write(views.add, MARTA, a_view("one more"))
    await desk.write(views.add, LEO, a_view("of somebody else"))
    assert len(await saved(desk, MARTA)) == views.MOST_OWN


@pytest.mark.parametrize(("who", "refusal"), [(ANA, Forbidden), (NOBODY, Unauthenticated)])
async def test_views_are_for_staff_alone(desk: Desk, who: Actor, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        await desk.read(views.everything, who)
    with pytest.raises(refusal):
        await desk.read(views.get, who, "mine")
    with pytest.raises(refusal):
        await desk.write(views.add, who, a_view())
    with pytest.raises(refusal):
        await desk.write(views.change, who, "mine", ANY, ViewChange(name="Mine"))
