"""The public ticket APIs that the desk speaks: one folder each, none knows another."""

from ventanilla.contracts import mesa, mobile
from ventanilla.wirekit.contract import Contract

REGISTRY: tuple[Contract, ...] = (mesa.CONTRACT, mobile.CONTRACT)
