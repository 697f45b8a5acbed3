"""Each test has a part of the bucket of its own."""

from uuid import uuid4

import pytest

from tests.seaweed import ACCESS_KEY, SECRET_KEY, S3Server
from ventanilla.blobs.bucket import Bucket


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
