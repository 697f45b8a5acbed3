"""The shapes of contract 2's logins and staff accounts as they stand on the wire."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.actions.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from ventanilla.contracts.mesa.wire import StaffRole
from ventanilla.wirekit.forms import Email

Password = Annotated[str, Meta(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD, extra={"verbatim": True})]
Name = Annotated[str, Meta(min_length=2, max_length=150)]
Area = Annotated[str, Meta(max_length=100)]
Phone = Annotated[str, Meta(max_length=30)]


class Login(Struct, frozen=True):
    email: str
    password: Annotated[str, Meta(extra={"verbatim": True})]


class LoginUser(Struct, frozen=True):
    id: str
    email: str
    rol: StaffRole
    area: str | None
    nombre: str


class LoggedIn(Struct, frozen=True):
    access_token: str
    token_type: str
    user: LoginUser


class NewUser(Struct, frozen=True):
    """`area` is required for the role AREA."""

    email: Email
    password: Password
    nombre: Name
    rol: StaffRole
    area: Area | None = None
    telefono: Phone | None = None


class ChangeUser(Struct, frozen=True):
    """What is absent stays. An `area` or `telefono` of null is taken away; null in another field counts as absent."""

    email: Email | None = None
    password: Password | None = None
    nombre: Name | None = None
    rol: StaffRole | None = None
    area: Area | None | UnsetType = UNSET
    telefono: Phone | None | UnsetType = UNSET
    is_active: bool | None = None


class User(Struct, frozen=True):
    id: str
    email: str
    nombre: str
    rol: StaffRole
    area: str | None
    telefono: str | None
    is_active: bool


class UserAdded(Struct, frozen=True):
    message: str
    id: str
