"""Clients that open tickets, every fifth with a file, until they are told to stop; then every one is looked for.

    python deploy/try_load.py URL FOLDER

FOLDER holds `cert.pem`, `phase` (what is being done to the desk) and at the end `stop`. Requests that get no answer, or
one that says to come again, are sent again under their Idempotency-Key, as any client should. Only a replica that is
killed may be a reason for that.
"""

import asyncio
import hashlib
import os
import ssl
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from ventanilla.cli import tokens

CLIENTS = 12
PAUSE = 0.04
"""Seconds between two tickets of a client."""
PATIENCE = 30.0
"""Seconds until a request that is sent again and again counts as failed."""
LONGEST_RUN = 90.0
TICKETS, FILES = "/api/mobile/support-requests", "/api/support-tickets"


class Client:
    """One customer. What was acknowledged is in `subjects`, by id, and in `files`: where, and the hash of its bytes."""

    def __init__(self, desk: httpx.AsyncClient, folder: Path, name: str, token: str) -> None:
        self.subjects: dict[int, str] = {}
        self.files: dict[str, str] = {}
        self.asked = self.failed = 0
        self.sent_again: Counter[str] = Counter()
        self._desk = desk
        self._folder = folder
        self._name = name
        self._headers = {"Authorization": f"Bearer {token}"}

    async def work(self) -> None:
        end = time.monotonic() + LONGEST_RUN
        while not (self._folder / "stop").exists() and time.monotonic() < end:
            await self._open(f"{self._name} {self.asked}", with_file=self.asked % 5 == 4)
            await asyncio.sleep(PAUSE)

    async def kept(self) -> list[str]:
        """Return the subjects of all tickets that the desk has of this client."""
        found: list[str] = []
        page, pages = 1, 1
        while page <= pages:
            answer = await self._desk.get(TICKETS, params={"page": page, "size": 100}, headers=self._headers)
            found += [one["subject"] for one in answer.raise_for_status().json()["data"]]
            page, pages = page + 1, answer.json()["meta"]["totalPages"]
        return found

    async def broken_files(self) -> int:
        return sum([not await self._is_whole(path, digest) for path, digest in self.files.items()])

    async def _open(self, subject: str, *, with_file: bool) -> None:
        self.asked += 1
        path, body = _with_file(subject) if with_file else _plain(subject)
        answer = await self._until_answered("POST", path, **body)
        if answer is None:
            self.failed += 1
            return
        told = answer.json()
        self.subjects[(told if with_file else told["data"])["id"]] = subject
        if with_file:
            await self._note_file(f"{FILES}/{told['id']}/attachments", subject)

    async def _note_file(self, path: str, subject: str) -> None:
        listed = await self._until_answered("GET", path)
        if listed is None:
            self.failed += 1
        else:
            self.files[f"{path}/{listed.json()[0]['id']}"] = hashlib.sha256(_bytes(subject)).hexdigest()

    async def _until_answered(self, method: str, path: str, **body: Any) -> httpx.Response | None:
        """Return the answer that says yes, None if there is none in time or it says no."""
        headers = self._headers | {"Idempotency-Key": str(uuid4())}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                answer = await self._desk.request(method, path, headers=headers, **body)
            except httpx.TransportError as error:
                told = type(error).__name__
            else:
                if answer.is_success:
                    return answer
                told = f"{answer.status_code} {answer.text}"
                if answer.status_code < 500:
                    break
            self._note_again(told)
            await asyncio.sleep(0.2)
        print(f"{self._name}: {told}, given up", file=sys.stderr)
        return None

    def _note_again(self, told: str) -> None:
        self.sent_again[(self._folder / "phase").read_text().strip()] += 1
        print(f"{self._name}: {told}, sent again", file=sys.stderr)

    async def _is_whole(self, path: str, digest: str) -> bool:
        answer = await self._desk.get(path, headers=self._headers)
        return answer.status_code == 200 and hashlib.sha256(answer.content).hexdigest() == digest


def _plain(subject: str) -> tuple[str, dict[str, Any]]:
    return TICKETS, {"json": {"category": "other", "subject": subject, "message": "Is it kept?"}}


def _with_file(subject: str) -> tuple[str, dict[str, Any]]:
    person = {"roleContext": "tourist", "fullName": "Ana", "email": "ana@example.com"}
    fields = person | {"category": "Technical Issue", "subject": subject, "message": "Is the file kept?"}
    return FILES, {"data": fields, "files": {"attachments": ("measured.dat", _bytes(subject))}}


def _bytes(subject: str) -> bytes:
    """Return 200 kB that no other ticket has."""
    return hashlib.shake_256(subject.encode()).digest(200_000)


async def main(url: str, folder: Path, customers: dict[str, str]) -> int:
    trusted = ssl.create_default_context(cafile=str(folder / "cert.pem"))
    async with httpx.AsyncClient(base_url=url, verify=trusted, timeout=20, follow_redirects=True) as desk:
        clients = [Client(desk, folder, name, token) for name, token in customers.items()]
        await asyncio.gather(*(client.work() for client in clients))
        return await _verdict(clients)


async def _verdict(clients: list[Client]) -> int:
    lost = doubled = broken = 0
    for client in clients:
        kept = Counter(await client.kept())
        lost += sum(subject not in kept for subject in client.subjects.values())
        doubled += sum(kept.values()) - len(kept)
        broken += await client.broken_files()
    asked, failed = (sum(counts) for counts in zip(*((one.asked, one.failed) for one in clients), strict=True))
    sent_again = sum((client.sent_again for client in clients), Counter[str]())
    again = ", ".join(f"{count} in phase '{phase}'" for phase, count in sent_again.items())
    print(f"\n{asked} tickets asked for, {sum(len(one.files) for one in clients)} of them with a file")
    print(f"requests that had to be sent again: {again or 'none'}")
    print(f"{lost} lost / {doubled} doubled / {failed} failed / {broken} files not whole")
    noticed = any("kill" not in phase for phase in sent_again)
    was_busy = all(client.asked > 10 and client.files for client in clients)
    return int(not was_busy or noticed or bool(lost or doubled or failed or broken))


if __name__ == "__main__":
    os.umask(0o077)
    names = [f"client-{number}" for number in range(1, CLIENTS + 1)]
    customers = {name: tokens.mint(name, "user", name, "", "", 1) for name in names}
    raise SystemExit(asyncio.run(main(sys.argv[1], Path(sys.argv[2]), customers)))
