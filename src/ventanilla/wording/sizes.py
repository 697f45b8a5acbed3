"""Sizes as people read them."""


def size(count: int, point: str = ".") -> str:
    """Return `26.2 MB` or `66 kB` for so many bytes, with the decimal point of the language."""
    if count < 1_000_000:
        return f"{count / 1_000:.0f} kB"
    return f"{count / 1_000_000:.1f}".replace(".0", "").replace(".", point) + " MB"
