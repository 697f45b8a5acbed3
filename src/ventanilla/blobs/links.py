"""Links by which anybody can fetch one object of a bucket for a minute, and only as a download.

Signature version 4 in the query: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
"""

import asyncio
from urllib.parse import quote, urlencode, urlsplit

from awscrt.auth import (
    AwsSignatureType,
    AwsSignedBodyValue,
    AwsSigningAlgorithm,
    AwsSigningConfig,
    aws_sign_request,
)
from awscrt.exceptions import AwsCrtError
from awscrt.http import HttpHeaders, HttpRequest

from ventanilla.blobs.bucket import Bucket
from ventanilla.blobs.credentials import Credentials, NoCredentials
from ventanilla.core.thread import Attachment
from ventanilla.wirekit import files

GOOD_FOR = 60
"""Seconds."""
_USUAL_PORTS = {"http": ":80", "https": ":443"}


class Links:
    """Signs links to the objects of a bucket that is `completed`."""

    def __init__(self, bucket: Bucket, credentials: Credentials) -> None:
        self._bucket = bucket
        self._credentials = credentials
        self._origin = bucket.host_of(bucket.public_endpoint)

    async def sign(self, attachment: Attachment, method: str) -> str:
        """Return the link for this method. Raises NoCredentials."""
        told = urlencode(_answer_headers(attachment), quote_via=quote)
        path = quote(self._bucket.path_of(attachment.blob_key))
        request = HttpRequest(method, f"{path}?{told}", HttpHeaders([("Host", _host_header(self._origin))]))
        try:
            signed = await asyncio.wrap_future(aws_sign_request(request, self._signature()))
        except AwsCrtError as error:
            raise NoCredentials from error
        return f"{self._origin}{signed.path}"

    def _signature(self) -> AwsSigningConfig:
        return AwsSigningConfig(
            algorithm=AwsSigningAlgorithm.V4,
            signature_type=AwsSignatureType.HTTP_REQUEST_QUERY_PARAMS,
            credentials_provider=self._credentials.provider,
            region=self._bucket.region,
            service="s3",
            use_double_uri_encode=False,
            should_normalize_uri_path=False,
            signed_body_value=AwsSignedBodyValue.UNSIGNED_PAYLOAD,
            expiration_in_seconds=GOOD_FOR,
        )


def _host_header(origin: str) -> str:
    """Return what a client sends as `Host`, which the signature holds for."""
    parts = urlsplit(origin)
    return parts.netloc.lower().removesuffix(_USUAL_PORTS[parts.scheme])


def _answer_headers(attachment: Attachment) -> dict[str, str]:
    """Return what the bucket has to answer with, however the object came there."""
    return {
        "response-cache-control": "no-store",
        "response-content-disposition": files.disposition(attachment.file_name),
        "response-content-type": files.served_type(attachment.media_type),
    }
