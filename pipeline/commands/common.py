"""What the commands share: opening the store, and tables on the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.store.database import Store, open_store

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def opened_store(location: str, blobs: str | None, *, create: bool = False) -> Iterator[Store]:
    """The store, closed at the end."""
    store = open_store(location, blobs, create=create)
    try:
        yield store
    finally:
        store.close()


def console() -> "Console":
    """The terminal, or a file: then wide enough that no cell is cut."""
    # Loaded here: an import that finds nothing new should be done by the time that this takes.
    from rich.console import Console

    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else 200, highlight=False)


def plural(count: int, noun: str) -> str:
    """A count with its noun: 1 document, 2 documents."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
