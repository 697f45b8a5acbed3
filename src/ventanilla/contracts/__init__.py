"""The public ticket APIs that the desk speaks: one folder each, none knows another."""

from ventanilla.contracts import debuta, desk, kinconecta, mesa, mobile, support
from ventanilla.wirekit.contract import Contract

REGISTRY: tuple[Contract, ...] = (
    debuta.CONTRACT,
    mesa.CONTRACT,
    support.CONTRACT,
    kinconecta.CONTRACT,
    mobile.CONTRACT,
    desk.CONTRACT,
)
