"""One S3 server and one bucket for all tests of this folder; each test has a prefix of its own."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.seaweed import ACCESS_KEY, SECRET_KEY, S3Server, running_s3
from ventanilla.blobs.bucket import Bucket


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    with running_s3() as server:
        yield server


@pytest.fixture(scope="session")
def s3_bucket(s3_server: S3Server) -> str:
    """The name of the bucket."""
    return s3_server.new_bucket()


@pytest.fixture
def place(s3_server: S3Server, s3_bucket: str) -> Bucket:
    """An empty part of the bucket."""
    return Bucket(
        name=s3_bucket,
        prefix=f"desks/{uuid4().hex}",
        endpoint=s3_server.endpoint,
        region="us-east-1",
        access_key_id=ACCESS_KEY,
        secret_access_key=SECRET_KEY,
    ).completed()
