"""The native API's route for changing many tickets at once: parse, translate, act, answer."""

import asyncio
import logging
from uuid import UUID

import msgspec
from msgspec import UNSET

from ventanilla.actions import bulk
from ventanilla.actions.changing import Change
from ventanilla.contracts.desk import bulk_wire as wire
from ventanilla.contracts.desk import change_translate
from ventanilla.contracts.desk import ticket_translate as translate
from ventanilla.contracts.desk.errors import problem
from ventanilla.contracts.desk.problems import LANGUAGES
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.errors import DeskError, Fault, InvalidInput, Rule, faults_under
from ventanilla.core.ticket import Ticket
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.errors import InternalError
from ventanilla.wirekit.request import Request

logger = logging.getLogger("ventanilla.requests")


async def change_many(request: Request) -> Answer:
    form = await request.body(wire.Bulk)
    wanted, macro = _wanted(form), _macro(form)
    steps = [_change_one(request, ticket_id, wanted, macro) for ticket_id in dict.fromkeys(form.ids)]
    return json_answer(200, wire.Results(await asyncio.gather(*steps)))


async def _change_one(request: Request, ticket_id: int, wanted: Change, macro: UUID | None) -> wire.Result:
    """Change one ticket in a transaction step of its own; the store commits those that wait together."""
    try:
        answer = await request.write_part(
            str(ticket_id), _changed, bulk.change_one, request.actor, ticket_id, wanted, macro
        )
        return msgspec.json.decode(answer.body, type=wire.Result)
    except DeskError as error:
        return _refused(request, ticket_id, error)
    except Exception:
        logger.exception("request %s failed on ticket %s", request.request_id, ticket_id)
        return _refused(request, ticket_id, InternalError())


def _changed(found: bulk.Changed) -> Answer:
    ticket: Ticket = found.ticket
    row = translate.row_out(ticket, found.at)
    return json_answer(200, wire.Result(id=ticket.id, status=200, ticket=row))


def _refused(request: Request, ticket_id: int, error: DeskError) -> wire.Result:
    told = problem(error, request.language(LANGUAGES), request.request_id)
    return wire.Result(id=ticket_id, status=told.status, problem=told)


def _wanted(form: wire.Bulk) -> Change:
    with faults_under("change"):
        return change_translate.patch(form.change)


def _macro(form: wire.Bulk) -> UUID | None:
    if form.macro_id is UNSET:
        return None
    found = ids.parse_uuid(form.macro_id)
    if found is None:
        raise InvalidInput(Fault("macro_id", Rule.UNKNOWN_MACRO))
    return found


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="POST",
            path=wire.BULK,
            handler=change_many,
            summary="Change up to 500 tickets, each on its own: the answer tells what became of each",
            description="A ticket that cannot be changed stays as it is and hinders no other. With an Idempotency-Key"
            " a retry changes only those that were not changed before.",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            body=wire.Bulk,
            example={"ids": [17, 18], "change": {"status": "resolved", "reason": "The network is back."}},
            answers={200: wire.Results},
            errors=(422,),
        ),
    )
