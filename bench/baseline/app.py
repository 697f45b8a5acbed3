"""Create, get and list in FastAPI, as its documentation teaches it."""

import os
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bench.baseline.database import reader, writer
from bench.baseline.models import Message, Requester, Ticket
from bench.baseline.opening import open_ticket
from bench.baseline.schemas import Create, MessageOut, PageMeta, RequestAnswer, RequestList, RequestOut, RequestRow

PATH = "/api/mobile/support-requests"
SECRET = os.environ["BASELINE_SECRET"]

app = FastAPI()


def caller(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> dict[str, Any]:
    try:
        return dict(jwt.decode(credentials.credentials, SECRET, algorithms=["HS256"]))
    except jwt.InvalidTokenError as error:
        raise HTTPException(401) from error


Caller = Annotated[dict[str, Any], Depends(caller)]
Reader = Annotated[AsyncSession, Depends(reader)]
Writer = Annotated[AsyncSession, Depends(writer)]


@app.post(PATH, status_code=201)
async def create(form: Create, claims: Caller, session: Writer) -> RequestAnswer:
    ticket = await open_ticket(session, claims, form)
    return RequestAnswer(message="Support request created successfully", data=_request(ticket))


@app.get(PATH + "/{number}")
async def show(number: int, claims: Caller, session: Reader) -> RequestAnswer:
    ticket = await session.scalar(
        select(Ticket)
        .join(Ticket.requester)
        .where(Ticket.id == number, Requester.issuer == "bench", Requester.subject == claims["sub"])
        .options(selectinload(Ticket.messages))
    )
    if ticket is None:
        raise HTTPException(404)
    return RequestAnswer(message="Support request fetched successfully", data=_request(ticket))


@app.get(PATH)
async def list_own(
    claims: Caller,
    session: Reader,
    page: Annotated[int, Query(ge=1)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> RequestList:
    is_own = (
        Ticket.requester_id
        == select(Requester.id).where(Requester.issuer == "bench", Requester.subject == claims["sub"]).scalar_subquery()
    )
    newest = select(Ticket).where(is_own).order_by(Ticket.created_at.desc(), Ticket.id.desc())
    tickets = await session.scalars(newest.limit(size).offset((page - 1) * size))
    rows = [RequestRow(**_row(ticket)) for ticket in tickets]
    total = await session.scalar(select(func.count()).select_from(Ticket).where(is_own)) or 0
    meta = PageMeta(page=page, size=size, total=total, total_pages=-(-total // size))
    return RequestList(message="Support requests fetched successfully", data=rows, meta=meta)


def _request(ticket: Ticket) -> RequestOut:
    return RequestOut(**_row(ticket), messages=[_message(message) for message in ticket.messages])


def _row(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "category": ticket.category,
        "subject": ticket.subject or "",
        "status": ticket.status,
        "is_assigned": ticket.assignee_id is not None,
        "resolution_note": ticket.resolution_note,
        "resolved_at": ticket.resolved_at,
        "closed_at": ticket.closed_at,
        "last_customer_message_at": ticket.last_reply_at,
        "last_admin_message_at": ticket.last_answer_at,
        "created_at": ticket.created_at,
        "updated_at": ticket.updated_at,
    }


def _message(message: Message) -> MessageOut:
    return MessageOut(
        id=message.id,
        author_type="customer" if message.author_kind == "requester" else "admin",
        author_name=message.author_name,
        author_image=message.author_picture,
        body=message.body,
        created_at=message.created_at,
    )
