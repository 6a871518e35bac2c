"""What intake finds: files, sources within them, and what it leaves out and why."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something goes into quarantine: a stable code, a sentence, and what the user can do."""

    reason: str
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is no document, left out and listed."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file on disk. `path` is its absolute path as text, `real` the path to open it by, `stamp` changes when it changes."""

    path: str
    real: Path
    name: str
    folder: str
    size: int
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document's bytes where they were found; `key` is the place ("/a/b.zip/c.txt"), `name` is what people are shown.

    `content` is None when it could not be read; then there is a `refusal`. A ZIP that cannot be opened has both.
    """

    key: str
    name: str
    folder: str
    content: bytes | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """All that the user's paths lead to; `folders` are the paths of the folders that were looked through."""

    folders: frozenset[str]
    files: tuple[FoundFile, ...]
    refused: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


_CLUTTER = {
    "thumbs.db": "a cache of Windows",
    "desktop.ini": "settings of Windows",
    "__macosx": "a shadow file of macOS",
}


def why_skipped(name: str) -> str:
    """Why a file of this name in a folder or ZIP is no document; "" if it may be one."""
    if name.startswith(("~$", ".~lock")):
        return "a lock file of an office program"
    if name.startswith("."):
        return "hidden"
    return _CLUTTER.get(name.lower(), "")
