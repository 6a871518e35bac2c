"""The first pass of an import: every new or changed file goes to the blob store, its places and names to the database."""

from dataclasses import dataclass, replace

from pipeline import intake
from pipeline.reporting import Event, Quarantined, Watcher
from pipeline.sources import FoundFile, Skipped, Walk
from pipeline.store.database import Store
from pipeline.store.state import KnownFile, known_documents, known_files, known_sources, unread_paths
from pipeline.store.writing import REFUSED_AT_INTAKE, Registered, forget, register


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """What registering did not take: no documents, and places that cannot be read now but could at an earlier import."""

    skipped: tuple[Skipped, ...]
    kept: tuple[Quarantined, ...]


def register_all(store: Store, found: Walk, password: str | None, watch: Watcher) -> Leftovers:
    """Register what is new among the files that were found; unchanged files are not even opened."""
    known, locked = known_files(store), _locked(store) if password else set()
    fresh = [file for file in found.files if file.path in locked or not _unchanged(file, known.get(file.path))]
    watch(Event(kind="registering", total=len(fresh)))
    skipped, kept = list(found.skipped), []
    for file in fresh:
        registered, left_out = _open(store, _best_named(file, known.get(file.path)), password)
        skipped += left_out
        kept += _register(store, file, registered)
        watch(Event(kind="registered", name=file.name))
    for source in found.refused:
        kept += _register(store, None, [Registered(source=source, sha256=None, size=0)])
    _forget_mended(store, found)
    return Leftovers(skipped=tuple(skipped), kept=tuple(kept))


def _open(store: Store, file: FoundFile, password: str | None) -> tuple[list[Registered], list[Skipped]]:
    """The sources in a file, their bytes already in the blob store."""
    registered, skipped = [], []
    for source in intake.open_file(file, password):
        if isinstance(source, Skipped):
            skipped.append(source)
            continue
        sha256 = None if source.content is None else store.blobs.put(source.content)
        size = len(source.content or b"")
        registered.append(Registered(source=replace(source, content=None), sha256=sha256, size=size))
    return registered, skipped


def _register(store: Store, file: FoundFile | None, registered: list[Registered]) -> list[Quarantined]:
    """Register a file, or a place that is none; the refusals of a place whose earlier import is kept."""
    unread = [r for r in registered if r.sha256 is None and (file is None or r.source.key == file.path)]
    path = file.path if file else unread[0].source.key
    if register(store, None if unread else file, path, registered):
        return []
    return [Quarantined(r.source.name, r.source.refusal) for r in unread if r.source.refusal]


def _forget_mended(store: Store, found: Walk) -> None:
    """Forget places that could not be read and that are there no more, or hold files now."""
    still = {file.path for file in found.files} | {source.key for source in found.refused}
    for path in unread_paths(store) - still:
        if path in found.folders or path.rpartition("/")[0] in found.folders:
            forget(store, path)


def _unchanged(file: FoundFile, known: KnownFile | None) -> bool:
    return known is not None and known.stamp == file.stamp and len(known.name) >= len(file.name)


def _best_named(file: FoundFile, known: KnownFile | None) -> FoundFile:
    """A file that was once imported with its folder keeps the longer name when it is imported by itself."""
    if known is None or len(known.name) <= len(file.name):
        return file
    return replace(file, name=known.name, folder=known.folder)


def _locked(store: Store) -> set[str]:
    """Archives whose members want a password: now that there is one, they are opened again."""
    documents = known_documents(store)
    locked = {d.id for d in documents.values() if d.reason == "encrypted" and d.read_as == REFUSED_AT_INTAKE}
    return {source.path for source in known_sources(store) if source.document_id in locked}
