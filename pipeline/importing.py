"""Import: find what is new under some paths, read it, keep it. Stopped at any moment and started again, it ends the same.

Two passes. The first registers every file: its bytes go to the blob store, its name to the database. The second reads the
documents that are not yet read in the way that is now asked for. What a document is called, and so what its name tells
the extractors, is settled before it is read, whatever the order of the files and of earlier imports.
"""

from collections.abc import Iterable, Mapping, Sequence

from pipeline import intake, reconcile
from pipeline.naming import unique_names
from pipeline.reading import Engine, plan, read_all
from pipeline.registering import Leftovers, register_all
from pipeline.reporting import Duplicate, Quarantined, Report, Watcher
from pipeline.sources import Refusal
from pipeline.stages import Settings
from pipeline.store.database import Store
from pipeline.store.queries import count_figures, count_findings
from pipeline.store.state import KnownDocument, KnownSource, known_documents, known_sources
from pipeline.store.writing import write_names


def import_paths(store: Store, paths: Iterable[str], settings: Settings, engine: Engine, watch: Watcher) -> Report:
    """Import everything that `paths` lead to, and check it. Raises UsageError for a path that does not exist."""
    found = intake.walk(paths, store.blobs.root)
    leftovers = register_all(store, found, settings.password, watch)
    touched = {file.path for file in found.files} | {source.key for source in found.refused}
    sources, documents = known_sources(store), known_documents(store)
    first_sources = _first_of_each(sources)
    mine = {source.document_id for source in sources if source.path in touched}
    tasks = plan(documents, {n: s for n, s in first_sources.items() if n in mine}, settings, store, engine.read)
    if tasks:
        read_all(store, tasks, engine, watch)
        documents = known_documents(store)
    _settle_names(store, first_sources, documents)
    reconcile.reconcile(store, only_new=True, workers=engine.workers)
    return _report(
        store, leftovers, [s for s in sources if s.document_id in mine], documents, {t.document_id for t in tasks}
    )


def _first_of_each(sources: Sequence[KnownSource]) -> dict[int, KnownSource]:
    """The source that a document is named after: the first in the order of names, so that it is always the same."""
    first: dict[int, KnownSource] = {}
    for source in sources:
        first.setdefault(source.document_id, source)
    return first


def _settle_names(store: Store, first: Mapping[int, KnownSource], documents: Mapping[int, KnownDocument]) -> None:
    names = unique_names({number: (source.name, source.key) for number, source in first.items()})
    changed = {number: name for number, name in names.items() if documents[number].name != name}
    if changed:
        write_names(store, changed)


def _report(
    store: Store,
    leftovers: Leftovers,
    sources: Sequence[KnownSource],
    documents: Mapping[int, KnownDocument],
    read_now: set[int],
) -> Report:
    first = _first_of_each(sources)
    quarantined = list(leftovers.kept)
    duplicates = []
    for source in sources:
        document = documents[source.document_id]
        if document.status == "quarantined":
            refusal = Refusal(document.reason, document.message, document.advice)
            quarantined.append(Quarantined(source.name, refusal))
        elif source is not first[source.document_id]:
            duplicates.append(Duplicate(source.name, first[source.document_id].name))
    good = {number for number in first if documents[number].status == "imported"}
    return Report(
        imported=len(good & read_now),
        unchanged=len(good - read_now),
        figures=count_figures(store),
        findings=count_findings(store),
        duplicates=tuple(duplicates),
        quarantined=tuple(quarantined),
        skipped=leftovers.skipped,
    )
