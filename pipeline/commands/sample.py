"""`crossfoot sample`: a generated archive with known truth."""

import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fixtures.sample.archive import (
    DOCUMENTS,
    GOLD,
    MANIFEST,
    Made,
    Order,
    check_folder,
    load_producers,
    make_archive,
)
from pipeline.commands.common import plural
from schemas.errors import CrossfootError, UsageError

_WORDS = {"pdf": "PDF", "html": "HTML", "docx": "Word", "txt": "text", "scan": "scanned", "hybrid": "partly scanned"}


def sample_command(output: str, order: Order, *, workers: int, quiet: bool) -> None:
    """Make the archive, and print what is in it and what to do with it."""
    folder = Path(output)
    check_folder(folder)
    if workers < 0:
        raise UsageError(f"{workers} workers cannot be had.", advice="Give 0 for none, or the number of processes.")
    producers = load_producers()
    try:
        with _terminated_as_interrupted(), _progress(quiet) as progress:
            made = make_archive(folder, order, producers, workers=workers, progress=progress)
    except KeyboardInterrupt:
        raise CrossfootError("Interrupted; nothing was kept.") from None
    except OSError as error:
        where = error.filename or folder
        raise CrossfootError(f"{where}: {error.strerror or error}; nothing was kept.") from None
    _print_summary(folder, made)


def _print_summary(folder: Path, made: Made) -> None:
    forms = [(_WORDS[form], made.documents[form]) for form in _WORDS if made.documents[form]]
    print(
        f"{plural(made.documents.total(), 'document')} in {folder / DOCUMENTS}: "
        f"{', '.join(f'{count:,} {form}' for form, count in forms)}; {made.size / 1e6:.1f} MB."
    )
    print(
        f"Gold in {folder / GOLD}: {plural(made.figures, 'figure')}, {plural(made.slips, 'slip')}, "
        f"{plural(made.findings, 'finding')} that a reader can make. Hashes in {folder / MANIFEST}."
    )
    store = shlex.quote(f"{folder}-store")
    print(
        "The councils exist; every figure and every sentence is invented. What to try next:\n"
        f"  crossfoot import {shlex.quote(str(folder / DOCUMENTS))} --store {store}\n"
        f"  crossfoot evaluate {shlex.quote(str(folder / GOLD))} --store {store}"
    )


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, on standard error; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Writing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, description="Setting")


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """A polite request to end is heeded as Ctrl-C is: what is half made is taken away first."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
