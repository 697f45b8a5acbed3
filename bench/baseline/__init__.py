"""The app that FastAPI, the SQLAlchemy ORM and PyJWT make of the same three requests, on the same tables."""
