"""The shapes of contract 1 as they stand on the wire."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from ventanilla.wirekit import forms

Category = Literal["problema_tecnico", "cuenta", "pagos", "abuso", "sugerencia", "otro"]
Status = Annotated[Literal["abierto", "en_revision", "resuelto", "cerrado"], forms.FOLDED]


class Create(Struct, frozen=True):
    """A report. Longer text is cut, not refused."""

    categoria: Category
    asunto: Annotated[str, Meta(min_length=1, extra={"cut": 200}, description="Cut to 200 characters.")]
    descripcion: Annotated[str, Meta(min_length=1, extra={"cut": 2_000}, description="Cut to 2,000 characters.")]


class Change(Struct, frozen=True):
    estado: Status | None = None
    respuesta_admin: Annotated[str, Meta(extra={"cut": 2_000}, description="Cut to 2,000 characters.")] | None = None


class Query(Struct, frozen=True):
    """Words that cannot be read fall back to their default; an unknown `estado` finds nothing."""

    page: str = "1"
    limit: str = "20"


class AdminQuery(Query, frozen=True):
    estado: str | None = None


class CreatedTicket(Struct, frozen=True):
    id: str = field(name="_id")
    estado: Status
    created_at: str = field(name="createdAt")


class Created(Struct, frozen=True):
    message: str
    ticket: CreatedTicket


class Picture(Struct, frozen=True):
    url: str | None


class User(Struct, frozen=True):
    """The owner, as far as their token told about them."""

    id: str = field(name="_id")
    first_name: str | None
    last_name: str | None
    username: str | None
    correo: str | None
    profile_picture: Picture


class Ticket(Struct, frozen=True):
    """A ticket. `usuario` is the owner's id for the owner, an object for admins."""

    id: str = field(name="_id")
    usuario: str | User
    categoria: Category
    asunto: str
    descripcion: str
    estado: Status
    respuesta_admin: str
    leido_admin: bool
    created_at: str = field(name="createdAt")
    updated_at: str = field(name="updatedAt")
    v: int = field(name="__v")


class OwnTickets(Struct, frozen=True):
    tickets: list[Ticket]


class TicketPage(Struct, frozen=True, rename="camel"):
    tickets: list[Ticket]
    total: int
    no_leidos: int
    page: int
    pages: int


class Stats(Struct, frozen=True, rename="camel"):
    total: int
    abiertos: int
    en_revision: int
    resueltos: int
    no_leidos: int


class Updated(Struct, frozen=True):
    message: str
    ticket: Ticket


class Error(Struct, frozen=True):
    message: str
