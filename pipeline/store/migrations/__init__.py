"""Migrations of the store, run from here rather than from a configuration file."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Engine

from schemas.errors import CrossfootError


def config(engine: Engine | None = None) -> Config:
    """Alembic's settings for the migrations of this package."""
    settings = Config(attributes={"engine": engine})
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def upgrade(engine: Engine) -> None:
    """Bring the store to the newest migration."""
    try:
        command.upgrade(config(engine), "head")
    except CommandError as error:
        advice = "It was made by a newer Crossfoot: install that, or use another --store."
        raise CrossfootError(f"This store cannot be opened: {error}.", advice=advice) from None
