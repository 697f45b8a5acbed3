"""The console in a browser: its built files, served under /desk."""

from ventanilla.web.console import Console

__all__ = ["Console"]
