"""How an answer travels: in one piece, but never later than the first of it is there."""

from tests.edges.conftest import Dial
from tests.edges.line import USER, request


def test_head_and_body_of_an_answer_come_together(dial: Dial, ana_token: str) -> None:
    line = dial()
    for _ in range(20):
        line.send(request("GET", USER, ana_token))
        head, _, body = line.take().partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK")
        assert body.startswith(b"{")


def test_two_requests_sent_at_once_are_answered_one_after_the_other(dial: Dial, ana_token: str) -> None:
    line = dial()
    line.send(request("GET", USER, ana_token) + request("GET", f"{USER}/999999", ana_token))
    assert [line.hear().status, line.hear().status] == [200, 404]
