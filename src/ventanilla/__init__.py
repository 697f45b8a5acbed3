"""Ventanilla: a self-hosted support desk. One ticket core that speaks five public ticket APIs."""

__version__ = "0.1.0"
