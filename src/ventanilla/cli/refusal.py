"""When a command will not do what it was asked."""


class Refused(Exception):
    """The text, one line or more, says why and what to do instead. The command ends with exit code 1."""
