"""Called by Alembic for each script it writes."""

from alembic import context

context.configure(
    dialect_name=context.config.get_main_option("dialect"),
    literal_binds=True,
    transactional_ddl=False,
)
context.run_migrations()
