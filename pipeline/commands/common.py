"""What the commands share: opening the store, and tables on the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from pipeline.store.database import Store, open_store


@contextmanager
def opened_store(location: str, blobs: str | None, *, create: bool = False) -> Iterator[Store]:
    """The store, closed at the end."""
    store = open_store(location, blobs, create=create)
    try:
        yield store
    finally:
        store.close()


def console() -> Console:
    """The terminal, or a file: then wide enough that no cell is cut."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else 200, highlight=False)


def plural(count: int, noun: str) -> str:
    """A count with its noun: 1 document, 2 documents."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
