"""How a condition on a custom field is written."""


def custom_condition(word: str, part: str) -> str:
    """Return what somebody may have meant who wrote `order_number:7`: `field.order_number:7`."""
    head = part.partition(":")[0]
    return f"{word}.{part}" if head.isidentifier() and head not in ("field", "campo") else f"{word}.key:…"
