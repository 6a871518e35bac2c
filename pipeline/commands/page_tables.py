"""`crossfoot tables`: the tables of documents, without a store."""

import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Protocol

from pipeline import intake, stages
from pipeline.commands.common import plural
from pipeline.commands.importing import QUARANTINED_EXIT_CODE
from pipeline.engine import Failure, Limits, run
from pipeline.exports.page_tables import WRITERS, FoundTable
from pipeline.exports.writers import opened
from pipeline.reading import refusal_of_failure, refusal_of_fault
from pipeline.sources import Refusal, Skipped, Source
from schemas.errors import DocumentError, UsageError
from schemas.layout import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesRequest:
    """What was asked on the command line."""

    paths: tuple[str, ...]
    pages: str | None
    charts: bool
    format: str
    output: str
    workers: int
    password: str | None
    timeout: float
    memory: int
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One document, and its place in the order of the output."""

    number: int
    source: Source
    settings: stages.Settings
    charts: bool


class _Watcher(Protocol):
    def __call__(self, name: str, /) -> None: ...


def tables_command(request: TablesRequest) -> int:
    """Write the tables of all documents in the order of their names, and return the exit code."""
    wanted = chosen_pages(request.pages)
    sources = list(_sources(request))
    settings = stages.Settings(password=request.password)
    tasks = [
        _Task(number=n, source=s, settings=settings, charts=request.charts) for n, s in enumerate(sources) if s.content
    ]
    limits = Limits(seconds=request.timeout, memory_bytes=request.memory << 20)
    outcomes: dict[int, tuple[Table, ...] | Refusal] = {
        n: s.refusal or Refusal("empty", "The file is empty.") for n, s in enumerate(sources) if not s.content
    }
    work = run(tasks, _tables, workers=request.workers, limits=limits, preload=("pipeline.preload",))
    with _progress(len(tasks), quiet=request.quiet) as done, closing(work):
        for task, outcome in work:
            outcomes[task.number] = refusal_of_failure(outcome, limits) if isinstance(outcome, Failure) else outcome
            done(task.source.name)
    found: list[FoundTable] = []
    refused = 0
    for number, source in enumerate(sources):
        outcome_ = outcomes[number]
        if isinstance(outcome_, Refusal):
            refused += 1
            line = f"not read {source.name}: {outcome_.reason}. {outcome_.message} {outcome_.advice}"
            print(line.rstrip(), file=sys.stderr)
            continue
        numbered = [FoundTable(document=source.name, number=n + 1, table=t) for n, t in enumerate(outcome_)]
        found += [one for one in numbered if wanted is None or wanted & _pages_of(one.table)]
    with opened(request.output) as target:
        target.write(WRITERS[request.format](found).encode())
    if not request.quiet:
        count = f"{plural(len(found), 'table')} in {plural(len(sources) - refused, 'document')}, {refused:,} not read."
        print(count, file=sys.stderr)
    return QUARANTINED_EXIT_CODE if refused else 0


def chosen_pages(text: str | None) -> frozenset[int] | None:
    """The pages that "1,3-5" names; None for all. Raises UsageError for what is no list of pages."""
    if text is None:
        return None
    pages: set[int] = set()
    for part in text.split(","):
        m = re.fullmatch(r"\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*", part)
        first, last = (int(m[1]), int(m[2] or m[1])) if m else (1, 0)
        if not 0 < first <= last:
            raise UsageError(f"“{text}” names no pages.", advice="Write them as 1,3-5.")
        pages.update(range(first, last + 1))
    return frozenset(pages)


def _sources(request: TablesRequest) -> Iterator[Source]:
    walk = intake.walk(request.paths)
    for file in walk.files:
        for source in intake.open_file(file, request.password):
            if not isinstance(source, Skipped):
                yield source
    yield from walk.refused


def _tables(task: _Task) -> tuple[Table, ...] | Refusal:
    """The tables of one document, in a worker."""
    try:
        content = task.source.content or b""
        return stages.read_tables(content, name=task.source.name, settings=task.settings, charts=task.charts)
    except DocumentError as error:
        return Refusal(error.reason, error.message, error.advice)
    except MemoryError:
        raise
    except Exception as error:
        return refusal_of_fault(error)


def _pages_of(table: Table) -> set[int]:
    return {table.page, *(word.page for cell in table.cells for word in cell.text.words)}


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[_Watcher]:
    """A bar on a terminal when there is more than one document; the output itself says the rest."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Reading", total=total)

        def watch(name: str) -> None:
            progress.update(bar, advance=1, description=name[-40:])

        yield watch
