"""One function per use case: load, ask access, call the verb, save. An action never commits.

An action is `async def action(tx, actor, …)`. The engine may run it again, so it has no effect outside `tx`.
"""
