"""`crossfoot import`: progress while it runs, a summary at the end."""

import logging
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from pipeline import intake, stages
from pipeline.commands.common import opened_store, plural
from pipeline.engine import Limits
from pipeline.importing import import_paths
from pipeline.reading import Engine
from pipeline.reporting import Event, Report, Watcher
from schemas.errors import CrossfootError, UsageError
from schemas.periods import Period

QUARANTINED_EXIT_CODE = 3
# What the bar counts: files, documents, or the pages of scanned documents, which are slow.
_PASSES = {"registering": "Looking", "reading": "Reading", "scanning": "Reading scanned pages"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked on the command line."""

    paths: tuple[str, ...]
    store: str
    blobs: str | None
    workers: int
    authority: str | None
    period: str | None
    password: str | None
    timeout: float
    memory: int
    quiet: bool
    ocr: Literal["auto", "always", "never"] = "auto"
    languages: str = "eng"


def import_command(request: Request) -> int:
    """Import, print what became of it, and return the exit code."""
    intake.require(request.paths)
    settings = stages.Settings(
        authority=request.authority,
        period=_checked_period(request.period),
        password=request.password,
        ocr=request.ocr,
        languages=_checked_languages(request.languages),
    )
    engine = Engine(
        read=stages.read_document,
        workers=request.workers,
        limits=Limits(seconds=request.timeout, memory_bytes=request.memory << 20),
        preload=("pipeline.preload",),
    )
    with (
        _interruptible(),
        opened_store(request.store, request.blobs, create=True) as store,
        _watcher(request.quiet) as watch,
    ):
        report = import_paths(store, request.paths, settings, engine, watch)
    _print_report(report)
    return QUARANTINED_EXIT_CODE if report.quarantined else 0


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C becomes a message, once: a second one must not cut the ending of workers and the closing of the store short."""

    def interrupt(_signal: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        logging.disable()  # what a library reports of its being interrupted is no news
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        advice = "What was read is kept: run the same command again to go on."
        raise CrossfootError("Interrupted.", advice=advice) from None
    finally:
        if signal.getsignal(signal.SIGINT) is interrupt:
            signal.signal(signal.SIGINT, before)


def _checked_period(code: str | None) -> str | None:
    try:
        return None if code is None else Period.parse(code).code
    except ValueError:
        raise UsageError(
            f"{code} is no period.", advice="Write it as 2014/15, 2019/20 H1, 2021/22 Q3 or 2014."
        ) from None


def _checked_languages(languages: str) -> str:
    if re.fullmatch(r"[A-Za-z_]{3,20}(\+[A-Za-z_]{3,20})*", languages):
        return languages
    raise UsageError(f"{languages} names no languages.", advice="Write them as Tesseract does: eng, or eng+cym.")


@contextmanager
def _watcher(quiet: bool) -> Iterator[Watcher]:
    """A progress bar on a terminal, a line per event elsewhere, nothing when it should be quiet. All on standard error."""
    if quiet:
        yield lambda event: None
    elif not sys.stderr.isatty():
        yield _print_event
    else:
        with _progress_bar() as watch:
            yield watch


def _print_event(event: Event) -> None:
    if event.kind == "read":
        print(f"read {event.name}: {plural(event.figures, 'figure')}", file=sys.stderr, flush=True)
    elif event.kind == "refused":
        print(f"refused {event.name}: {event.reason}", file=sys.stderr, flush=True)


@contextmanager
def _progress_bar() -> Iterator[Watcher]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}  {task.fields[name]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tally = {"figures": 0, "refused": 0}
        task = progress.add_task("Looking", total=None, counts="", name="")

        def watch(event: Event) -> None:
            if event.kind in _PASSES:
                progress.reset(task, total=event.total, description=_PASSES[event.kind])
                return
            tally["figures"] += event.figures
            tally["refused"] += event.kind == "refused"
            counts = f"{tally['figures']} figures, {tally['refused']} refused"
            progress.update(task, advance=1, name=event.name[-40:], counts=counts)

        yield watch


def _print_report(report: Report) -> None:
    print(
        f"{plural(report.imported, 'document')} imported, {report.unchanged:,} unchanged, "
        f"{plural(len(report.duplicates), 'duplicate')}, {len(report.quarantined):,} quarantined; "
        f"the store holds {plural(report.figures, 'figure')} and {plural(report.findings, 'finding')}."
    )
    for duplicate in report.duplicates:
        print(f"duplicate   {duplicate.name}: the same as {duplicate.of}")
    for skipped in report.skipped:
        print(f"skipped     {skipped.name}: {skipped.why}")
    for one in report.quarantined:
        print(f"quarantined {one.name}: {one.refusal.reason}. {one.refusal.message} {one.refusal.advice}".rstrip())
