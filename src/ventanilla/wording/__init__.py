"""Sentences for what can go wrong, in the languages of the callers. Contracts choose; nothing else says them."""

from collections.abc import Callable

from ventanilla.core.errors import DeskError, Fault

FaultSentence = Callable[[Fault], str]
ErrorSentence = Callable[[DeskError], str]
