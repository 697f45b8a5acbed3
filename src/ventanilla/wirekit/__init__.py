"""HTTP mechanics that all contracts share, never words: bodies, tokens, paging, idempotency, limits, OpenAPI."""
