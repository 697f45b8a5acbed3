"""The shapes of contract 5 in Pydantic."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Category = Literal["account", "payment", "technical", "other"]


class Create(BaseModel):
    category: Category
    subject: Annotated[str, Field(min_length=1, max_length=200)]
    message: Annotated[str, Field(min_length=1, max_length=20_000)]


class Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class MessageOut(Wire):
    id: int
    author_type: Literal["customer", "admin"]
    author_name: str
    author_image: str | None
    body: str
    created_at: datetime


class RequestRow(Wire):
    id: int
    category: Category
    subject: str
    status: str
    is_assigned: bool
    resolution_note: str | None
    resolved_at: datetime | None
    closed_at: datetime | None
    last_customer_message_at: datetime | None
    last_admin_message_at: datetime | None
    created_at: datetime
    updated_at: datetime


class RequestOut(RequestRow):
    messages: list[MessageOut]


class PageMeta(Wire):
    page: int
    size: int
    total: int
    total_pages: int


class RequestAnswer(Wire):
    message: str
    data: RequestOut


class RequestList(Wire):
    message: str
    data: list[RequestRow]
    meta: PageMeta
