"""The composition root: settings in, a running desk out."""

import asyncio
import logging
import zoneinfo
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from ventanilla import issuers
from ventanilla.actions import attachments, housekeeping, notifications
from ventanilla.actions.ports import Desk, DeskPolicy
from ventanilla.blobs.disk import DiskBlobs
from ventanilla.blobs.ports import BlobStore
from ventanilla.contracts import REGISTRY
from ventanilla.core.credentials import SessionPolicy
from ventanilla.core.sla import SlaPolicy
from ventanilla.core.words import Priority
from ventanilla.observing import Observers, observers, together
from ventanilla.settings import AttachmentSettings, RateLimitSettings, Settings, WrongSettings, is_origin, wrong
from ventanilla.store.entropy import Entropy
from ventanilla.store.opening import open_desk
from ventanilla.store.transaction import CommitObserver, Context, Unobserved, utc_now
from ventanilla.web import Console
from ventanilla.wirekit import openapi
from ventanilla.wirekit.bell import Bell
from ventanilla.wirekit.contract import Contract
from ventanilla.wirekit.limit_sharing import LimitSharing
from ventanilla.wirekit.limits import GuessLimits, Limit, Limiter, Limits
from ventanilla.wirekit.links import LinkSigner
from ventanilla.wirekit.passwords import Passwords
from ventanilla.wirekit.routing import Router
from ventanilla.wirekit.services import Services, UploadRules
from ventanilla.wirekit.site import Site
from ventanilla.wirekit.tokens import TokenMaker, TokenReader

HOUSEKEEPING_SECONDS = 60 * 60
DUE_SECONDS = 30

logger = logging.getLogger("ventanilla")


class Application:
    """The desk as an ASGI application, and the desk itself for whoever started it."""

    def __init__(self, settings: Settings, services: Services, watching: Observers) -> None:
        self.settings = settings
        self.services = services
        self.metrics = watching.metrics
        self._tracing = watching.tracing
        contracts = enabled_contracts(settings)
        site = Site(services, lambda: openapi.document(contracts, settings.base_url or "/"))
        console = Console(services, site)
        asgi = _with_cors(settings, Router(contracts, services, console))
        self._asgi = self._tracing.traced_app(asgi) if self._tracing else asgi
        self._background: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._asgi(scope, receive, send)

    def start_housekeeping(self) -> None:
        """Begin what runs beside the requests until `close`."""
        work = [self._keep_house(), self._warn_of_due_tickets()]
        if self.services.desk.is_shared:
            work.append(LimitSharing(self.services.desk, self.services.limits.by_name()).run())
        self._background = [asyncio.get_running_loop().create_task(task) for task in work]

    async def close(self) -> None:
        """Finish what was accepted and let go of everything."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self.services.desk.close()
        if self._tracing:
            await self._tracing.close()

    async def _keep_house(self) -> None:
        while True:
            try:
                await self.services.desk.write(housekeeping.forget_old_guards)
                await self.services.desk.write(housekeeping.forget_old_news)
                await self._drop_unsent_files()
            except Exception:
                logger.exception("housekeeping failed; it is tried again in an hour")
            await asyncio.sleep(HOUSEKEEPING_SECONDS)

    async def _drop_unsent_files(self) -> None:
        while unsent := await self.services.desk.write(attachments.drop_unsent):
            for file in unsent:
                await self.services.blobs.remove(file.blob_key)

    async def _warn_of_due_tickets(self) -> None:
        while True:
            try:
                # Asked first, since most of the time there is nothing to write.
                if await self.services.desk.read(notifications.any_due):
                    await self.services.desk.write(notifications.tell_due)
            except Exception:
                logger.exception("nobody was told of tickets about to be due; it is tried again in %s s", DUE_SECONDS)
            await asyncio.sleep(DUE_SECONDS)


async def build(settings: Settings, base_url: str = "") -> Application:
    """Open the desk that `settings` describe. Raises WrongSettings and store.opening.CannotOpen."""
    rules = issuers.rules(settings.auth)
    enabled_contracts(settings)
    watching = observers(settings)
    bell = Bell()
    desk = open_store(settings, observer=together(watching.commits, bell))
    own_secret = await desk.write(housekeeping.secret, "tokens")
    blobs = open_blobs(settings)
    blobs.sweep()
    if settings.auth.own_issuer:
        rules.append(issuers.own_rule(own_secret))
    services = Services(
        desk=watching.tracing.traced_desk(desk) if watching.tracing else desk,
        tokens=TokenReader(rules),
        token_maker=TokenMaker(own_secret),
        passwords=Passwords(),
        blobs=blobs,
        links=LinkSigner(await desk.write(housekeeping.secret, "links"), settings.base_url or base_url),
        limits=_limits(settings.rate_limits),
        guesses=_guess_limits(settings.rate_limits),
        uploads=UploadRules(
            settings.attachments.max_bytes,
            settings.attachments.max_files,
            frozenset(f".{extension.lower().lstrip('.')}" for extension in settings.attachments.blocked),
            settings.attachments.refuse_programs,
        ),
        login_seconds=settings.auth.login_hours * 3600,
        session_life=timedelta(hours=settings.sessions.life_hours),
        desk_name=settings.name,
        time_zone=settings.time_zone,
        base_url=settings.base_url,
        public_read=settings.kinconecta.public_read,
        wires={contract.name: contract.show for contract in enabled_contracts(settings) if contract.show},
        bell=bell,
        observers=watching.requests,
    )
    if services.public_read:
        logger.warning("kinconecta.public_read is on: whoever reaches this desk reads every ticket, names and all")
    return Application(settings, services, watching)


def open_store(
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    entropy: Callable[[int], bytes] | None = None,
    observer: CommitObserver | None = None,
) -> Desk:
    """Open the store alone, as the command line does. Raises WrongSettings and store.opening.CannotOpen."""
    hours = {priority: getattr(settings.sla.hours, priority.value) for priority in Priority}
    policy = DeskPolicy(
        zone=_zone(settings.time_zone),
        sla=SlaPolicy(hours),
        warned_before=timedelta(minutes=settings.sla.warning_minutes),
        name=settings.name,
        sessions=SessionPolicy(
            idle=timedelta(hours=settings.sessions.idle_hours), life=timedelta(hours=settings.sessions.life_hours)
        ),
    )
    context = Context(policy, clock, entropy or Entropy(), observer or Unobserved())
    return open_desk(settings.database, context, pooled=settings.database_pooled)


def open_blobs(settings: Settings) -> BlobStore:
    """Return where the bytes of attachments are kept. Nobody is contacted yet. Raises WrongSettings."""
    folder = Path(settings.data_dir) / "attachments"
    return _open_bucket(settings.attachments, folder / "incoming") if settings.attachments.store else DiskBlobs(folder)


def _open_bucket(settings: AttachmentSettings, spool: Path) -> BlobStore:
    from ventanilla.blobs.bucket import ENDPOINTS, Bucket
    from ventanilla.blobs.s3 import S3Blobs

    name, _, prefix = settings.store.removeprefix("s3://").partition("/")
    bucket = Bucket(name=name, prefix=prefix, **msgspec.structs.asdict(settings.s3)).completed()
    if not is_origin(bucket.endpoint, path=False):
        raise WrongSettings(
            f"{' or '.join(ENDPOINTS)}: expected an address like https://s3.example.com, without a path"
        )
    return S3Blobs(bucket, spool, redirects=settings.downloads == "redirect")


def enabled_contracts(settings: Settings) -> list[Contract]:
    """Return the contracts that are switched on. Raises WrongSettings for a name that is none."""
    known = {contract.name for contract in REGISTRY}
    wanted = known if settings.contracts.enabled is None else set(settings.contracts.enabled)
    for name in sorted(wanted):
        if name not in known:
            raise wrong("contracts.enabled", f"there is no contract {name!r}; there are {', '.join(sorted(known))}")
    return [contract for contract in REGISTRY if contract.name in wanted]


def _zone(name: str) -> tzinfo:
    try:
        return UTC if name == "UTC" else zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise wrong("time_zone", f"{name!r} is no time zone; write it like Europe/Madrid") from error


def _limits(settings: RateLimitSettings) -> Limits:
    if not settings.enabled:
        return Limits()
    return Limits(
        person=Limiter(Limit(settings.person_per_minute, 60)),
        address=Limiter(Limit(settings.address_per_minute, 60)),
        public_create=Limiter(Limit(settings.public_creates_per_minute, 60)),
    )


def _guess_limits(settings: RateLimitSettings) -> GuessLimits | None:
    if not settings.enabled:
        return None
    return GuessLimits(
        login_per_account=Limit(settings.login_failures_per_account, 15 * 60),
        login_per_address=Limit(settings.login_failures_per_address, 15 * 60),
        lookup_per_address=Limit(settings.lookup_failures_per_address, 60),
        lookup_per_label=Limit(settings.lookup_failures_per_label, 60 * 60),
    )


def _with_cors(settings: Settings, router: ASGIApp) -> ASGIApp:
    if not settings.cors.origins:
        return router
    from starlette.middleware.cors import CORSMiddleware

    return CORSMiddleware(
        router,
        allow_origins=settings.cors.origins,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "X-Access-Key", "X-Request-Id"],
        expose_headers=[
            *("Content-Disposition", "Idempotency-Replayed", "Link", "Location", "Retry-After", "WWW-Authenticate"),
            *("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id"),
        ],
    )
