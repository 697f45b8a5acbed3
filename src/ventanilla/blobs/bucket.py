"""An S3 bucket, and the way to it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from obstore.store import S3Store

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Credential

_CONNECT_SECONDS = 3
_RETRIES = 2
_RETRY_SECONDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """What is left blank is taken from the usual AWS_* variables.

    `public_endpoint` is where clients find the bucket, when that is not `endpoint`.
    """

    name: str
    prefix: str = ""
    endpoint: str = ""
    public_endpoint: str = ""
    region: str = ""
    access_key_id: str = ""
    secret_access_key: str = field(default="", repr=False)
    path_style: bool = True

    @property
    def address(self) -> str:
        """`s3://bucket/prefix`."""
        return f"s3://{self.name}/{self.prefix}".rstrip("/")


def connect(bucket: Bucket, endpoint: str, seconds: float) -> S3Store:
    """Return the bucket as found at `endpoint`; no request to it takes longer than `seconds`. Contacts nobody yet."""
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        config=_config(bucket, endpoint),
        client_options={
            "allow_http": True,
            "connect_timeout": timedelta(seconds=_CONNECT_SECONDS),
            "timeout": timedelta(seconds=seconds),
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=_RETRY_SECONDS)},
        credential_provider=_Given(bucket) if bucket.access_key_id else None,
    )


def _config(bucket: Bucket, endpoint: str) -> "S3Config":
    # Bulk deletion is what many a server that speaks S3 lacks.
    config: S3Config = {"checksum_algorithm": "SHA256", "disable_bulk_delete": True}
    config["virtual_hosted_style_request"] = not bucket.path_style
    if endpoint:
        config["aws_endpoint_url_s3"] = endpoint if bucket.path_style else _with_bucket(endpoint, bucket.name)
    if bucket.region:
        config["region"] = bucket.region
    return config


def _with_bucket(endpoint: str, name: str) -> str:
    parts = urlsplit(endpoint)
    return parts._replace(netloc=f"{name}.{parts.netloc}").geturl()


class _Given:
    """The credentials of the settings, whatever stands in the environment, a session token included."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def __call__(self) -> "S3Credential":
        return {
            "access_key_id": self._bucket.access_key_id,
            "secret_access_key": self._bucket.secret_access_key,
            "expires_at": None,
        }
