"""Contract 2's users and our staff accounts."""

from msgspec import UNSET, UnsetType

from ventanilla.actions.accounts import AccountChange, AccountDraft
from ventanilla.contracts.mesa import account_wire, words
from ventanilla.core.people import Agent


def draft(form: account_wire.NewUser, password_hash: str) -> AccountDraft:
    return AccountDraft(
        email=form.email,
        name=form.nombre,
        role=words.ROLE_IN[form.rol],
        password_hash=password_hash,
        areas=(form.area,) if form.area else (),
        phone=form.telefono or "",
    )


def change(form: account_wire.ChangeUser, password_hash: str | None) -> AccountChange:
    return AccountChange(
        email=form.email,
        name=form.nombre,
        role=words.ROLE_IN[form.rol] if form.rol else None,
        area=_changed(form.area),
        phone=_changed(form.telefono),
        is_active=form.is_active,
        password_hash=password_hash,
    )


def user_out(account: Agent) -> account_wire.User:
    return account_wire.User(
        id=str(account.uuid),
        email=account.email,
        nombre=account.name,
        rol=words.ROLE_OUT[account.role],
        area=_area(account),
        telefono=account.phone or None,
        is_active=account.is_active,
    )


def login_user_out(account: Agent) -> account_wire.LoginUser:
    return account_wire.LoginUser(
        id=str(account.uuid),
        email=account.email,
        rol=words.ROLE_OUT[account.role],
        area=_area(account),
        nombre=account.name,
    )


def claims(account: Agent) -> dict[str, str | None]:
    """Return what a login's token says of its bearer; whoever reads it asks the account all the same."""
    role = words.ROLE_OUT[account.role]
    return {"rol": role, "area": _area(account), "name": account.name, "email": account.email}


def _area(account: Agent) -> str | None:
    """Return the one area that this contract has a word for: the first."""
    return next(iter(account.areas), None)


def _changed(value: str | None | UnsetType) -> str | None:
    """Return None for what stays, and an empty text for what is taken away."""
    return None if value is UNSET else value or ""
