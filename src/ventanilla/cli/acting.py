"""Running actions on the desk of the settings, in the name of the desk itself."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from ventanilla import app, settings
from ventanilla.actions.ports import Transaction
from ventanilla.cli.refusal import Refused
from ventanilla.core.errors import DeskError
from ventanilla.core.people import SYSTEM, Actor
from ventanilla.wirekit import security_log
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.log_lines import RENDERS, LogLines
from ventanilla.wording import english

P = ParamSpec("P")
T = TypeVar("T")


def act_on_desk(act: Act, target: Callable[[T], UUID], action: Callable[..., Awaitable[T]], *args: Any) -> T:
    """Do something that the security log keeps, whether it was done or refused. Raises Refused.

    `target` names the account or key that was acted on, of what the action returns.
    """
    lines = LogLines(RENDERS[settings.load().logs.format])
    try:
        done = on_desk(action, *args)
    except Refused:
        security_log.tell_of_command(lines, act, None, is_done=False)
        raise
    security_log.tell_of_command(lines, act, target(done), is_done=True)
    return done


def on_desk(action: Callable[Concatenate[Transaction, Actor, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run an action in a transaction of its own. Raises Refused."""

    async def run() -> T:
        desk = app.open_store(settings.load())
        try:
            return await desk.write(action, SYSTEM, *args, **kwargs)
        finally:
            await desk.close()

    try:
        return asyncio.run(run())
    except DeskError as error:
        raise Refused(english.error_sentence(error)) from None
