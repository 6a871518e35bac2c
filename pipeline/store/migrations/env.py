"""Alembic's entry: runs the migrations over the engine that `upgrade` passes in."""

from alembic import context

from pipeline.store.tables import metadata

engine = context.config.attributes["engine"]

with engine.connect().execution_options(crossfoot_writes=True) as connection:
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
