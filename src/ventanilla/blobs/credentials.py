"""Who the desk is to S3."""

import asyncio
from typing import TYPE_CHECKING

from awscrt.auth import AwsCredentialsProvider
from awscrt.exceptions import AwsCrtError

from ventanilla.blobs.bucket import Bucket

if TYPE_CHECKING:
    from obstore.store import S3Credential


class NoCredentials(Exception):
    """None were found anywhere."""

    def __str__(self) -> str:
        return "there are no credentials in the settings, in AWS_* variables, in ~/.aws or of a role of this machine"


class Credentials:
    """The credentials of the settings, whatever stands in the environment, a session token included.

    When there are none: those of AWS_* variables, of `~/.aws`, or of the role of this machine or container.
    """

    def __init__(self, bucket: Bucket) -> None:
        self.provider = (
            AwsCredentialsProvider.new_static(bucket.access_key_id, bucket.secret_access_key)
            if bucket.access_key_id
            else AwsCredentialsProvider.new_default_chain()
        )

    async def __call__(self) -> "S3Credential":
        """Return what obstore asks for. Raises NoCredentials."""
        try:
            found = await asyncio.wrap_future(self.provider.get_credentials())
        except AwsCrtError as error:
            raise NoCredentials from error
        return {
            "access_key_id": found.access_key_id,
            "secret_access_key": found.secret_access_key,
            "token": found.session_token,
            "expires_at": found.expiration,
        }
