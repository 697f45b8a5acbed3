"""When a command will not do what it was asked, or does not understand it."""


class Refused(Exception):
    """The text, one line or more, says why and what to do instead. The command ends with exit code 1."""


class WrongUsage(Exception):
    """The text says what is wrong with the command line. The command ends with exit code 2."""
