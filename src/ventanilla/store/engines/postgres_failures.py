"""What can go wrong with PostgreSQL at run time, and what it means to the desk."""

import asyncpg

from ventanilla.core.errors import DeskError, EditedMeanwhile, StoreFull, StoreUnavailable
from ventanilla.store.engines.postgres_opening import RequesterRaced


class Broken(Exception):
    """The transaction cannot be committed as it is; each of its actions has to run alone."""


TRANSIENT = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.UniqueViolationError,
    EditedMeanwhile,
    RequesterRaced,
    Broken,
)
"""An action that failed in one of these ways may be run again."""

_UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)

_RIGHTS = (
    "The database user needs: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO <user>; "
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO <user>"
)


def is_unreachable(error: BaseException) -> bool:
    """Tell whether the database, or the way to it, is at fault, so that another action would fare no better."""
    # asyncpg calls a value that it cannot send an InterfaceError too, and a ValueError.
    return isinstance(error, _UNREACHABLE) and not isinstance(error, ValueError)


def translated(error: Exception) -> Exception:
    """Return what the caller of an action is told."""
    if isinstance(error, asyncpg.DiskFullError):
        return StoreFull(detail=str(error))
    if isinstance(error, asyncpg.InsufficientPrivilegeError):
        return StoreUnavailable(detail=f"{error}. {_RIGHTS}")
    if is_unreachable(error):
        return StoreUnavailable(detail=f"{type(error).__name__}: {error}")
    return error


def given_up(error: Exception) -> DeskError:
    """Return what the caller is told of an action that was run again and again in vain."""
    return error if isinstance(error, DeskError) else StoreUnavailable(1, str(error))
