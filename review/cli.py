"""The command `crossfoot` as it is installed: the command line of the pipeline, and the web application beside it.

The pipeline may not import what stands above it, so the command is completed here.
"""

from typing import Annotated

import typer

from pipeline import cli
from pipeline.cli import DEFAULT_STORE, Blobs, Store


@cli.app.command()
def review(
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8765,
    password: Annotated[str | None, typer.Option(help="Opens documents that are protected.")] = None,
) -> None:
    """Decide on doubtful figures in the browser, each beside its original."""
    from review.command import review_command

    review_command(store, blobs, host=host, port=port, password=password)


def main() -> None:
    """Run a command; an error is one line with advice, and an exit code."""
    cli.main()
