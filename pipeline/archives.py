"""ZIP files, and ZIP files inside them, opened in memory and within limits: an archive may be hostile."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count

from pipeline import stages
from pipeline.sources import Refusal, Skipped, Source, why_skipped

MAX_DEPTH = 4
MAX_MEMBERS = 20_000
MAX_TOTAL_BYTES = 4 << 30
# Text shrinks to a tenth, rarely to a hundredth; a bomb to a thousandth.
MAX_RATIO = 200
# Below this size any ratio is harmless (a page of blanks shrinks a lot).
RATIO_FROM_BYTES = 32 << 20

_BOMB_ADVICE = "If you trust it, unpack it and import the folder."


@dataclass(slots=True)
class _Budget:
    """What may still be taken out of one archive and everything inside it."""

    members: int
    bytes: int


def is_archive(content: bytes, name: str) -> bool:
    """Whether this is a ZIP of files (and not a Word file, which is a ZIP too)."""
    return content.startswith(b"PK") and stages.media_type(content, name) == "zip"


def members(archive: Source, password: str | None) -> Iterator[Source | Skipped]:
    """The documents in `archive`, which has its content."""
    yield from _members(archive, password, _Budget(MAX_MEMBERS, MAX_TOTAL_BYTES), depth=1)


def _members(archive: Source, password: str | None, budget: _Budget, depth: int) -> Iterator[Source | Skipped]:
    try:
        opened = zipfile.ZipFile(io.BytesIO(archive.content or b""))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        advice = "Copy it again from where it came from."
        yield _refused(archive, Refusal("damaged", "The ZIP file is damaged or was cut off.", advice))
        return
    with opened:
        infos = [info for info in opened.infolist() if not info.is_dir()]
        if refusal := _over_limits(infos, budget, depth):
            yield _refused(archive, refusal)
            return
        budget.members -= len(infos)
        budget.bytes -= sum(info.file_size for info in infos)
        anything = False
        for name, info in _named(infos):
            anything = True
            if why := next(filter(None, map(why_skipped, name.split("/"))), ""):
                yield Skipped(f"{archive.name}/{name}", why)
                continue
            member = _read(opened, info, _member(archive, name), password)
            if member.content is not None and is_archive(member.content, name):
                yield from _members(member, password, budget, depth + 1)
            else:
                yield member
        if not anything:
            yield _refused(archive, Refusal("no_documents", "The ZIP file is empty.", "Nothing to do."))


def _over_limits(infos: list[zipfile.ZipInfo], budget: _Budget, depth: int) -> Refusal | None:
    total = sum(info.file_size for info in infos)
    if depth > MAX_DEPTH:
        return Refusal("too_deep", f"ZIP files lie more than {MAX_DEPTH} deep inside each other.", _BOMB_ADVICE)
    if len(infos) > budget.members:
        return Refusal("too_many_files", f"The ZIP file holds more than {MAX_MEMBERS} files.", _BOMB_ADVICE)
    if total > budget.bytes:
        return Refusal(
            "expands_too_much", f"The ZIP file would expand to more than {MAX_TOTAL_BYTES >> 30} GB.", _BOMB_ADVICE
        )
    return None


def _named(infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Members with names that are safe to show and to tell apart; an archive may hold the same name twice."""
    taken: set[str] = set()
    for info in infos:
        safe = _safe(info.filename)
        name = next(n for n in chain([safe], (f"{safe}#{i}" for i in count(2))) if n not in taken)
        taken.add(name)
        yield name, info


def _safe(name: str) -> str:
    """A member's name without the parts that would lead out of the archive. It is never used to write a file."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in "/".join(parts))
    return shown or "unnamed"


def _member(archive: Source, name: str) -> Source:
    folder = f"{archive.folder}/{archive.name.rpartition('/')[2]}/{name}".rpartition("/")[0]
    return Source(key=f"{archive.key}/{name}", name=f"{archive.name}/{name}", folder=folder.lstrip("/"))


def _read(opened: zipfile.ZipFile, info: zipfile.ZipInfo, member: Source, password: str | None) -> Source:
    if info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        message = f"It would expand from {info.compress_size >> 10} kB to {info.file_size >> 20} MB."
        return _refused(member, Refusal("expands_too_much", message, _BOMB_ADVICE))
    if info.flag_bits & 1 and password is None:
        return _refused(member, Refusal("encrypted", "It is protected by a password.", "Give it with --password."))
    try:
        # zipfile reads no more than the size that the archive states, and checks the checksum.
        content = opened.read(info, pwd=password.encode() if password else None)
    except RuntimeError:
        return _refused(member, Refusal("encrypted", "The password does not open it.", "Give the right --password."))
    except NotImplementedError:
        return _refused(
            member, Refusal("unsupported_compression", "It is packed in a rare way.", "Unpack it by other means.")
        )
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError):
        return _refused(member, Refusal("damaged", "It is damaged inside the ZIP file.", "Copy the ZIP file again."))
    return Source(key=member.key, name=member.name, folder=member.folder, content=content)


def _refused(source: Source, refusal: Refusal) -> Source:
    return Source(key=source.key, name=source.name, folder=source.folder, content=source.content, refusal=refusal)
