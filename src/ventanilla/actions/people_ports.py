"""What actions need from the store to know people, and the areas that they serve."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from ventanilla.core.people import Agent, AgentRef, Identity, Profile, Requester, RequesterFile


class People(Protocol):
    async def requester(self, identity: Identity, profile: Profile) -> Requester:
        """Return the requester of this identity, made or brought up to date with `profile`."""

    async def requester_file(self, requester_id: int) -> RequesterFile | None: ...

    async def save_requester_file(self, file: RequesterFile) -> None:
        """Store name, address and notes. Raises EditedMeanwhile when somebody saved it first."""

    async def agent_for(self, agent: Agent) -> AgentRef:
        """Return the agent of this identity, made or brought up to date (people known by their token)."""

    async def agent(self, identity: Identity) -> Agent | None: ...

    async def agent_by_uuid(self, uuid: UUID) -> Agent | None: ...

    async def agents_called(self, subjects: Sequence[str]) -> Mapping[str, AgentRef]:
        """Return the agents with these subjects, without those that more than one person goes by."""

    async def active_agents(self) -> Sequence[AgentRef]:
        """Return everybody on the staff who may be called, by name."""

    async def agents(self, after: int, size: int, *, inactive: bool) -> Sequence[Agent]:
        """Return people of the staff (no API keys) by id, from behind the id `after`, at most `size`."""

    async def agents_by_subject(self, subject: str) -> Sequence[Agent]:
        """Return the active agents with this subject, whoever issued it."""

    async def account(self, email: str) -> Agent | None:
        """Return the local account of this address."""

    async def accounts(self) -> Sequence[Agent]: ...

    async def hold_admins(self) -> None:
        """Wait for whoever else is about to change who the admins are, and hold them up until this is committed."""

    async def add_account(self, agent: Agent) -> Agent: ...

    async def save_account(self, agent: Agent) -> Agent:
        """Store what changed, as the next version. Raises EditedMeanwhile when somebody saved it first."""


class Areas(Protocol):
    async def known(self) -> Sequence[str]:
        """Return the areas that tickets stand in or agents serve, in the spelling used last, at most 500."""
