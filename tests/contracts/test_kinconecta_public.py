"""`kinconecta.public_read`: what the source's page shows, for a closed network."""

from collections.abc import Iterator

import httpx
import pytest
from tests.contracts.kinconecta import NOTES, TICKETS, files_of, opened, opened_with, parts, path_of, refused, told
from tests.serving import RunningDesk, token


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    environment = {"VENTANILLA_KINCONECTA__PUBLIC_READ": "true"}
    desk = RunningDesk(tmp_path_factory.mktemp("open"), environment=environment).start()
    yield desk
    assert desk.stop() == 0


@pytest.fixture
def visitor(open_desk: RunningDesk) -> Iterator[httpx.Client]:
    with open_desk.client() as client:
        yield client


def test_everybody_reads_everything_and_the_operator_is_warned(open_desk: RunningDesk, visitor: httpx.Client) -> None:
    assert "kinconecta.public_read is on" in open_desk.log
    ticket = opened_with(visitor, ("a.txt", NOTES))
    shown = {name: value for name, value in ticket.items() if name != "accessKey"}
    assert told(visitor.get(TICKETS), 200)[0] == shown
    assert told(visitor.get(path_of(ticket)), 200) == shown
    assert told(visitor.get(files_of(ticket)), 200) == shown["attachments"]
    assert visitor.get(f"{files_of(ticket)}/{shown['attachments'][0]['id']}").content == NOTES


def test_nobody_writes_for_it_and_who_shows_a_token_sees_their_own(
    open_desk: RunningDesk, visitor: httpx.Client
) -> None:
    ticket = opened_with(visitor, ("a.txt", NOTES))
    refused(visitor.post(files_of(ticket), files=parts("file", ("b.txt", NOTES))), 401)
    refused(visitor.delete(f"{files_of(ticket)}/1"), 401)
    refused(visitor.get(path_of(ticket), headers={"X-Access-Key": "guess"}), 404)
    with open_desk.client(token("bruno")) as bruno:
        assert told(bruno.get(TICKETS), 200) == []


def test_list_that_grows_past_a_thousand_goes_on_at_the_next_page(
    open_desk: RunningDesk, visitor: httpx.Client
) -> None:
    for _ in range(1_003):
        newest = opened(visitor)["id"]
    answer = visitor.get(TICKETS)
    rows = told(answer, 200)
    assert (len(rows), rows[0]["id"]) == (1_000, newest)
    following = told(visitor.get(answer.links["next"]["url"]), 200)
    assert following[0]["id"] == rows[-1]["id"] - 1
