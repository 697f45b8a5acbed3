"""The kinds of columns that the tables are made of."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, SmallInteger, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

metadata = MetaData()

# SQLite numbers rows by itself only when the key is an INTEGER; PostgreSQL wants 64 bits for it.
Id: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")


# Sixteen bytes for our code on both engines; PostgreSQL has a type that people can read.
Uuid: TypeEngine[bytes] = LargeBinary(16).with_variant(postgresql.UUID(), "postgresql")


ZERO = sql("0")


def partial(name: str, *columns: str, where: str) -> Index:
    """Return an index over those rows alone that meet a condition."""
    return Index(name, *columns, sqlite_where=sql(where), postgresql_where=sql(where))


def row_id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def maybe(name: str) -> Column[str]:
    return Column(name, Text)


def time(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=nullable)


def flag(name: str) -> Column[int]:
    return Column(name, SmallInteger, nullable=False)


def uuid() -> Column[bytes]:
    return Column("uuid", Uuid, nullable=False, unique=True)


def secret_hash() -> Column[bytes]:
    """The SHA-256 of what its bearer shows."""
    return Column("secret_hash", LargeBinary(32), nullable=False, unique=True)
