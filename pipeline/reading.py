"""The second pass of an import: documents that are not yet read in the way that is asked for are read by the workers."""

import hashlib
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.engine import Failure, Limits, run
from pipeline.printed import keep_print
from pipeline.reporting import Event, Watcher
from pipeline.sources import Refusal
from pipeline.stages import ReadDocument, Settings, UnreadScans, read_scanned_page
from pipeline.store.blobs import Blobs
from pipeline.store.database import Store
from pipeline.store.rows import Row, compact, identity_row, rows_of, storable
from pipeline.store.state import KnownDocument, KnownSource
from pipeline.store.writing import REFUSED_AT_INTAKE, write_document, write_quarantine
from pipeline.versions import reading_version
from schemas.errors import CrossfootError, DocumentError

if TYPE_CHECKING:
    from extractors.reading.ocr.once import Unread

Reader = Callable[..., ReadDocument | UnreadScans]

# The machine was to blame as likely as the document: worth another try at the next import.
_WORTH_ANOTHER_TRY = frozenset({"crashed", "timed_out", "out_of_memory"})

# A scanned page takes a second or two.
_PAGE_SECONDS = 120.0

_FAILURES = {
    "timed_out": ("Reading it took longer than {seconds:.0f} seconds.", "Import it again with a longer --timeout."),
    "out_of_memory": ("Reading it took more than {megabytes:.0f} MB of memory.", "Split it, or raise --memory."),
    "crashed": ("The program that reads it broke down.", "Save it anew (print it to PDF) and import that."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """How documents are read: by what, by how many at once, within what limits. `preload` names the modules to load once."""

    read: Reader
    workers: int
    limits: Limits = Limits()
    preload: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTask:
    """What a worker needs to read one document."""

    document_id: int
    sha256: str
    name: str
    folder: str
    settings: Settings
    read_as: str
    version: str
    read: Reader
    blobs: Blobs
    patient: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPage:
    """What a worker needs to read one scanned page, or the pictures of one, of the rendition with this hash."""

    rendition: str
    unread: "Unread"
    settings: Settings
    blobs: Blobs


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOutcome:
    """What a worker gives back: facts and rows for the store, or a refusal, or the scanned pages that are to be read first."""

    facts: Row
    rows: dict[str, list[Row]]
    refusal: Refusal | None = None
    scans: tuple[ScannedPage, ...] = ()


def plan(
    documents: Mapping[int, KnownDocument],
    first_sources: Mapping[int, KnownSource],
    settings: Settings,
    store: Store,
    read: Reader,
) -> list[ReadTask]:
    """A task for each document of `first_sources` that must be read, in the order of their names."""
    tasks = []
    version = reading_version()
    for number, source in first_sources.items():
        document = documents[number]
        read_as = _fingerprint(source, settings, version)
        if document.sha256 is None or _current(document, read_as, settings):
            continue
        tasks.append(
            ReadTask(
                document_id=number,
                sha256=document.sha256,
                name=source.name,
                folder=source.folder,
                settings=settings,
                read_as=read_as,
                version=version,
                read=read,
                blobs=store.blobs,
            )
        )
    return tasks


def read_all(store: Store, tasks: Sequence[ReadTask], engine: Engine, watch: Watcher) -> None:
    """Do the tasks; each document is stored as soon as it is read, in a transaction of its own.

    Documents with several scanned pages come last: their pages are read first, each as work of its own, by all workers.
    """
    scans: dict[ReadTask, tuple[ScannedPage, ...]] = {}
    watch(Event(kind="reading", total=len(tasks)))
    with closing(_read(tasks, engine)) as read:
        for task, outcome in read:
            if outcome.scans:
                scans[task] = outcome.scans
            else:
                _store(store, task, outcome, watch)
    if not scans:
        return
    _read_pages([page for pages in scans.values() for page in pages], engine, watch)
    watch(Event(kind="reading", total=len(scans)))
    with closing(_read([replace(task, patient=False) for task in scans], engine)) as read:
        for task, outcome in read:
            _store(store, task, outcome, watch)


def _read(tasks: Sequence[ReadTask], engine: Engine) -> Generator[tuple[ReadTask, ReadOutcome]]:
    outcomes = run(tasks, read_task, workers=engine.workers, limits=engine.limits, preload=engine.preload)
    with closing(outcomes):
        for task, outcome in outcomes:
            if isinstance(outcome, Failure):
                outcome = ReadOutcome(facts=_facts(task), rows={}, refusal=refusal_of_failure(outcome, engine.limits))
            yield task, outcome


def _store(store: Store, task: ReadTask, outcome: ReadOutcome, watch: Watcher) -> None:
    if outcome.refusal:
        write_quarantine(store, task.document_id, outcome.refusal, outcome.facts)
        watch(Event(kind="refused", name=task.name, reason=outcome.refusal.reason))
    else:
        write_document(store, task.document_id, outcome.facts, outcome.rows)
        watch(Event(kind="read", name=task.name, figures=len(outcome.rows["figures"])))


def _read_pages(pages: Sequence[ScannedPage], engine: Engine, watch: Watcher) -> None:
    """Read scanned pages; what is read is kept among the blobs. One that breaks its worker is kept as unreadable, and why."""
    from extractors.reading.ocr.keeping import failed_page

    watch(Event(kind="scanning", total=len(pages)))
    limits = replace(engine.limits, seconds=min(engine.limits.seconds, _PAGE_SECONDS))
    outcomes = run(pages, read_page, workers=engine.workers, limits=limits, preload=engine.preload)
    with closing(outcomes):
        for page, failure in outcomes:
            if isinstance(failure, Failure):
                refusal = refusal_of_failure(failure, limits)
                page.blobs.keep(page.unread.key, failed_page(f"it could not be read by OCR: {refusal.message}"))
            watch(Event(kind="page"))


def read_page(page: ScannedPage) -> None:
    """Read one scanned page, in a worker."""
    try:
        read_scanned_page(page.blobs.get(page.rendition), page.unread, page.settings, page.blobs)
    except CrossfootError:
        return  # the document says why, when it is read


def read_task(task: ReadTask) -> ReadOutcome:
    """Read one document, in a worker; the rendition goes to the blob store from here."""
    try:
        content = task.blobs.get(task.sha256)
        name = PurePosixPath(task.name).name
        document = task.read(
            content, name=name, folder=task.folder, settings=task.settings, shelf=task.blobs, patient=task.patient
        )
    except DocumentError as error:
        refusal = Refusal(error.reason, error.message, error.advice)
        return ReadOutcome(facts=_facts(task), rows={}, refusal=refusal)
    except MemoryError:
        raise
    except Exception as error:
        # A fault of ours. The document waits in quarantine for a better version; the others must not wait for it.
        return ReadOutcome(facts=storable(_facts(task)), rows={}, refusal=refusal_of_fault(error))
    if isinstance(document, UnreadScans):
        rendition = task.blobs.put(document.pdf)
        scans = tuple(
            ScannedPage(rendition=rendition, unread=unread, settings=task.settings, blobs=task.blobs)
            for unread in document.pages
        )
        return ReadOutcome(facts={}, rows={}, scans=scans)
    rendition = task.sha256 if document.pdf == content else task.blobs.put(document.pdf)
    for page in document.scanned:
        keep_print(task.blobs, rendition, page)
    facts = {
        "media": document.media,
        "title": document.title,
        "source_url": document.source_url,
        "rendition": rendition,
        **identity_row(document.reading.identity),
    }
    return ReadOutcome(facts=storable(_facts(task) | facts), rows=rows_of(document.reading, task.document_id))


def _facts(task: ReadTask) -> Row:
    return {"read_as": task.read_as, "extractor": task.version}


def _fingerprint(source: KnownSource, settings: Settings, version: str) -> str:
    """Of everything that may change what is read from a document, but its content."""
    asked = [version, source.name, source.folder, settings.authority, settings.period, settings.ocr, settings.languages]
    return hashlib.sha256(compact(asked).encode()).hexdigest()[:16]


def _current(document: KnownDocument, read_as: str, settings: Settings) -> bool:
    """Whether the document is read already, as it should be."""
    if document.read_as == REFUSED_AT_INTAKE:
        return True
    if document.reason in _WORTH_ANOTHER_TRY or (document.reason == "encrypted" and settings.password):
        return False
    return document.status != "pending" and document.read_as == read_as


def refusal_of_fault(error: Exception) -> Refusal:
    """Why a document on which Crossfoot itself failed is set aside."""
    message = f"Crossfoot failed on it ({type(error).__name__}: {error})."
    return Refusal("internal_error", message, "Please report this, with the file if you may.")


def refusal_of_failure(failure: Failure, limits: Limits) -> Refusal:
    """Why a document that broke its limits is set aside."""
    message, advice = _FAILURES[failure.reason]
    return Refusal(
        failure.reason, message.format(seconds=limits.seconds, megabytes=limits.memory_bytes / (1 << 20)), advice
    )
