"""Fetching a small document over HTTP: no redirect is followed, nothing large is read."""

import urllib.error
import urllib.request
from http.client import HTTPException


def download(url: str, most: int, seconds: float) -> bytes:
    """Return what `url` answers. Raises OSError for whatever goes wrong, and for more than `most` bytes.

    `seconds` bounds each wait for the network.
    """
    opener = urllib.request.build_opener(_NoRedirects())
    try:
        with opener.open(url, timeout=seconds) as answer:
            document: bytes = answer.read(most + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise
    except HTTPException as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
    if len(document) > most:
        raise OSError("the document is too large")
    return document


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None
