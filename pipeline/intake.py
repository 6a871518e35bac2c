"""From the paths that the user named to sources: every file of every folder, and every member of every ZIP.

Nothing is lost on the way: what is not taken is either `Skipped` (hidden files, lock files, links that lead back), which is
listed, or a source with a `Refusal`, which goes into quarantine.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline import archives
from pipeline.sources import FoundFile, Refusal, Skipped, Source, Walk, why_skipped
from schemas.errors import UsageError

MAX_FILE_BYTES = 1 << 30

# A folder with this file in it is a store: what we keep is not what we read.
STORE_FILE = "crossfoot.db"

# Raise this when files that are cached as unchanged must be opened again, because intake has learned to open them.
INTAKE_VERSION = 1


def require(paths: Iterable[str]) -> None:
    """Raise UsageError for the first path that does not exist."""
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"There is no file or folder {path}.", advice="Nothing was imported.")


def walk(paths: Iterable[str], own_folder: Path | None = None) -> Walk:
    """All files that `paths` lead to, in the order of their names; `own_folder` is ours, and not looked into.

    Raises UsageError for a path that does not exist.
    """
    named = sorted(set(paths))
    require(named)
    walker = _Walker(own_folder)
    # A folder comes before what is inside it, so that names do not depend on the order of the arguments.
    for start in sorted(_absolute(Path(path)) for path in named):
        walker.start(start)
    files = sorted(walker.files.values(), key=lambda f: (f.name, f.path))
    return Walk(
        folders=frozenset(walker.folders),
        files=tuple(files),
        refused=tuple(walker.refused),
        skipped=tuple(walker.skipped),
    )


def open_file(file: FoundFile, password: str | None) -> Iterator[Source | Skipped]:
    """The sources in a file: one, or those of a ZIP."""
    if file.size > MAX_FILE_BYTES:
        yield _unread(file, _too_large(file.size))
        return
    try:
        content = file.real.read_bytes()
    except OSError as error:
        yield _unread(file, _refusal_of(error))
        return
    whole = Source(key=file.path, name=file.name, folder=file.folder, content=content)
    if archives.is_archive(content, file.name):
        yield from archives.members(whole, password)
    else:
        yield whole


class _Walker:
    """The walk through folders: it remembers which it has seen, so that links cannot lead it in circles."""

    def __init__(self, own_folder: Path | None) -> None:
        self._own_folder = own_folder
        self.files: dict[str, FoundFile] = {}
        self.refused: list[Source] = []
        self.skipped: list[Skipped] = []
        self.folders: set[str] = set()
        self._visited: set[tuple[int, int]] = set()

    def start(self, path: Path) -> None:
        """Take what the user named: it is taken even if it is hidden, and an empty folder is worth a line."""
        if not path.is_dir():
            self._visit(path, path.parent)
            return
        before = len(self.files) + len(self.refused) + len(self.skipped)
        self._visit(path, path)
        if before == len(self.files) + len(self.refused) + len(self.skipped):
            advice = "Name the folder that holds the files."
            self._refuse(path, path, Refusal("no_documents", "There are no documents in this folder.", advice))

    def _visit(self, path: Path, root: Path) -> None:
        try:
            found = path.stat()
        except OSError as error:
            self._refuse(path, root, _refusal_of(error))
            return
        if stat.S_ISDIR(found.st_mode):
            self._visit_folder(path, root, (found.st_dev, found.st_ino))
        elif stat.S_ISREG(found.st_mode):
            self._take(path, root, found)
        else:
            self._refuse(
                path, root, Refusal("special_file", "This is a device, pipe or socket, not a file.", "Remove it.")
            )

    def _visit_folder(self, folder: Path, root: Path, identity: tuple[int, int]) -> None:
        if identity in self._visited:
            self.skipped.append(Skipped(_name(folder, root), "a folder that was already visited"))
            return
        self._visited.add(identity)
        if folder == self._own_folder or (folder / STORE_FILE).exists():
            self.skipped.append(Skipped(_name(folder, root), "a store of Crossfoot"))
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda e: (e.is_symlink(), e.name))
        except OSError as error:
            self._refuse(folder, root, _refusal_of(error))
            return
        self.folders.add(_printable(str(folder)))
        for entry in entries:
            if why := why_skipped(entry.name):
                self.skipped.append(Skipped(_name(Path(entry.path), root), why))
            else:
                self._visit(Path(entry.path), root)

    def _take(self, path: Path, root: Path, found: os.stat_result) -> None:
        key, name = _printable(str(path)), _name(path, root)
        known = self.files.get(key)
        if known and len(known.name) >= len(name):
            return
        stamp = f"{INTAKE_VERSION}:{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}"
        folder = _folder(path, root)
        self.files[key] = FoundFile(path=key, real=path, name=name, folder=folder, size=found.st_size, stamp=stamp)

    def _refuse(self, path: Path, root: Path, refusal: Refusal) -> None:
        name, folder = _name(path, root), _folder(path, root)
        self.refused.append(Source(key=_printable(str(path)), name=name, folder=folder, refusal=refusal))


def _absolute(path: Path) -> Path:
    """The path from the root. Links stay links, unless the path climbs out of one."""
    return path.resolve() if ".." in path.parts else path.absolute()


def _name(path: Path, root: Path) -> str:
    """What the document is called: its path below the folder that the user named."""
    return _printable(path.relative_to(root).as_posix() if path != root else root.name or "/")


def _folder(path: Path, root: Path) -> str:
    """Where it was found, from the folder that the user named: names of folders often tell the authority or the year."""
    if path == root:
        return ""
    return _printable((Path(root.name) / path.relative_to(root).parent).as_posix())


def _printable(path: str) -> str:
    """A path may hold bytes that are no text at all; names in the store are text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _unread(file: FoundFile, refusal: Refusal) -> Source:
    return Source(key=file.path, name=file.name, folder=file.folder, refusal=refusal)


def _too_large(size: int) -> Refusal:
    return Refusal("too_large", f"The file has {size >> 20} MB; the limit is {MAX_FILE_BYTES >> 20} MB.", "Split it.")


def _refusal_of(error: OSError) -> Refusal:
    if isinstance(error, PermissionError):
        return Refusal(
            "permission_denied", "You have no permission to read it.", "Ask its owner, or run `chmod u+r` on it."
        )
    if isinstance(error, FileNotFoundError):
        return Refusal(
            "missing", "It is not there: a link that leads nowhere, or removed a moment ago.", "Restore the file."
        )
    return Refusal("unreadable", f"It cannot be read: {error.strerror or error}.", "Check the disk, or copy it again.")
