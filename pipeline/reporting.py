"""What an import tells while it runs, and when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pipeline.sources import Refusal, Skipped

EventKind = Literal["registering", "registered", "reading", "read", "refused", "scanning", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. `total` comes with the start of a pass, `name` with each file or document of it, "page" with each scanned page."""

    kind: EventKind
    total: int = 0
    name: str = ""
    figures: int = 0
    reason: str = ""


Watcher = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A document, or a place, that could not be read."""

    name: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`name` has the same bytes as `of`, which was imported."""

    name: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of everything that an import was asked to take."""

    imported: int
    unchanged: int
    figures: int
    findings: int
    duplicates: tuple[Duplicate, ...]
    quarantined: tuple[Quarantined, ...]
    skipped: tuple[Skipped, ...]
