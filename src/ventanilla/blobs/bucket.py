"""An S3 bucket, and the way to it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from obstore.store import S3Store

if TYPE_CHECKING:
    from obstore.store import S3Config

    from ventanilla.blobs.credentials import Credentials

_CONNECT_SECONDS = 3
_RETRIES = 2
_RETRY_SECONDS = 4
_REGION = "us-east-1"
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
"""The variables, of which the first that is set counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """`public_endpoint` is where clients find the bucket, when that is not `endpoint`."""

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

    def completed(self, environment: Mapping[str, str] = os.environ) -> "Bucket":
        """Return it with what is blank, but for credentials, taken from the usual variables, or else that of AWS."""
        region = self.region or _first(environment, *_REGIONS) or _REGION
        endpoint = self.endpoint or _first(environment, *ENDPOINTS)
        endpoint = endpoint.rstrip("/") or f"https://s3.{region}.amazonaws.com"
        return replace(self, region=region, endpoint=endpoint, public_endpoint=self.public_endpoint or endpoint)

    def host_of(self, endpoint: str) -> str:
        """Return the scheme and host, `https://…`, under which an endpoint has this bucket."""
        parts = urlsplit(endpoint)
        return endpoint if self.path_style else parts._replace(netloc=f"{self.name}.{parts.netloc}").geturl()

    def path_of(self, key: str) -> str:
        """Return the path of an object there, not yet quoted."""
        return "/".join(("", *(part for part in (self.name if self.path_style else "", self.prefix, key) if part)))


def connect(bucket: Bucket, credentials: "Credentials", seconds: float) -> S3Store:
    """Return the way to a bucket that is `completed`; no request takes longer than `seconds`. Contacts nobody yet."""
    # Bulk deletion is what many a server that speaks S3 lacks.
    config: S3Config = {
        "aws_endpoint_url_s3": bucket.host_of(bucket.endpoint),
        "region": bucket.region,
        "virtual_hosted_style_request": not bucket.path_style,
        "checksum_algorithm": "SHA256",
        "disable_bulk_delete": True,
    }
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        config=config,
        client_options={
            "allow_http": True,
            "connect_timeout": timedelta(seconds=_CONNECT_SECONDS),
            "timeout": timedelta(seconds=seconds),
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=_RETRY_SECONDS)},
        credential_provider=credentials,
    )


def _first(environment: Mapping[str, str], *names: str) -> str:
    return next((environment[name] for name in names if environment.get(name)), "")
