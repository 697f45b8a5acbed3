"""Issuers of tokens: their keys, in every form in which an operator may give them, and what they sign."""

import base64
import json
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

Key = OctKey | RSAKey | ECKey | OKPKey

SECRET = "a secret of thirty-two bytes, or more"
HS256 = OctKey.import_key(SECRET)
RS256 = RSAKey.generate_key(2048, {"kid": "r1"})
OTHER_RS256 = RSAKey.generate_key(2048, {"kid": "r2"})
ES256 = ECKey.generate_key("P-256", {"kid": "e1"})
EDDSA = OKPKey.generate_key("Ed25519", {"kid": "o1"})
KEYS: dict[str, Key] = {"HS256": HS256, "RS256": RS256, "ES256": ES256, "EdDSA": EDDSA}


def signed(key: Key, algorithm: str, header: dict[str, Any] | None = None, **claims: Any) -> str:
    """A token for Ana, good for an hour unless the claims say otherwise; a claim that is None is left out."""
    body = {"sub": "ana", "exp": int(time.time()) + 3600} | claims
    told = {name: value for name, value in body.items() if value is not None}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # EdDSA goes by a newer name since RFC 9864
        return jwt.encode({"alg": algorithm, **(header or {})}, told, key, algorithms=[algorithm])


def part(value: Any) -> str:
    """One part of a token: JSON, or bytes as they are, in base64url."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def jwks(*keys: Key) -> bytes:
    return json.dumps({"keys": [key.as_dict(private=False) for key in keys]}).encode()


@dataclass
class JwksServer:
    """An issuer's web server. What it answers can be changed at any time; it counts how often it was asked."""

    document: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    is_rude: bool = False
    """Hang up in the middle of the answer's first line."""
    asked: int = 0
    url: str = ""

    @contextmanager
    def running(self) -> Iterator["JwksServer"]:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked += 1
                if issuer.is_rude:
                    self.wfile.write(b"HTTP/9 what\r\n")
                    return
                self.send_response(issuer.status)
                for name, value in {"Content-Length": str(len(issuer.document)), **issuer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(issuer.document)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            self.url = f"http://127.0.0.1:{server.server_address[1]}/jwks.json"
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            yield self
            server.shutdown()
            thread.join()
