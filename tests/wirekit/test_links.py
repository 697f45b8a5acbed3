"""Links that open a file for a quarter of an hour."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.wirekit.links import LinkSigner

PATH = "/api/support-tickets/17/attachments/3"
NOON = 1_773_576_000.0


class Watch:
    """A clock that stands until somebody moves it."""

    now = NOON

    def __call__(self) -> float:
        return self.now


def parts_of(url: str) -> tuple[str, str, str]:
    found = urlsplit(url)
    query = parse_qs(found.query)
    return found.path, query["expires"][0], query["signature"][0]


def test_link_opens_its_file_for_fifteen_minutes() -> None:
    watch = Watch()
    signer = LinkSigner(b"secret", "https://desk.example", watch)
    link = signer.url(PATH)
    assert link.startswith("https://desk.example" + PATH + "?")
    assert signer.is_good(*parts_of(link))
    watch.now += 15 * 60
    assert signer.is_good(*parts_of(link))
    watch.now += 1
    assert not signer.is_good(*parts_of(link))


def test_link_for_one_file_does_not_open_another() -> None:
    signer = LinkSigner(b"secret", "", Watch())
    _, expires, signature = parts_of(signer.url(PATH))
    assert not signer.is_good("/api/support-tickets/18/attachments/3", expires, signature)


def test_link_cannot_be_made_to_last_longer() -> None:
    signer = LinkSigner(b"secret", "", Watch())
    _, expires, signature = parts_of(signer.url(PATH))
    assert not signer.is_good(PATH, str(int(expires) + 1), signature)


def test_link_of_another_desk_is_no_good() -> None:
    elsewhere = LinkSigner(b"another secret", "", Watch())
    assert not LinkSigner(b"secret", "", Watch()).is_good(*parts_of(elsewhere.url(PATH)))


@pytest.mark.parametrize("expires", ["", "x", "-1", "1e99", "9" * 13, "٣" * 10, "1773576900 ", "\x00"])
def test_end_time_that_is_none_opens_nothing(expires: str) -> None:
    signer = LinkSigner(b"secret", "", Watch())
    _, _, signature = parts_of(signer.url(PATH))
    assert not signer.is_good(PATH, expires, signature)


@given(st.text(), st.text(alphabet="0123456789", max_size=14), st.text() | st.text(alphabet="\ud800ñ", max_size=9))
def test_nothing_that_can_be_guessed_opens_a_file(path: str, expires: str, signature: str) -> None:
    assert not LinkSigner(b"secret", "", Watch()).is_good(path, expires, signature)
