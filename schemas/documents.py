"""A document: what it is, whose it is, which period it covers, and all that was read from it."""

from dataclasses import dataclass
from typing import Literal

from schemas.figures import Figure, NumberMark
from schemas.notes import Note
from schemas.periods import Period
from schemas.relations import Relation

DocumentType = Literal["minutes", "annual_report"]
MediaType = Literal["pdf", "text", "html", "docx", "doc", "rtf", "odt", "zip", "image", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose document it is and what it covers. Each part carries the reason it was chosen; None means it could not be told.

    `service` is the service the whole document is about, as printed ("Children's Social Care"), or "".
    """

    authority: str | None
    authority_code: str | None
    authority_reason: str
    period: Period | None
    period_reason: str
    type: DocumentType
    type_reason: str
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something about a document or page that a person should know; `code` is stable, `page` is None for the whole document."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the store keeps of a page: size in points, where its words came from and why."""

    number: int
    width: float
    height: float
    source: Literal["text", "ocr", "none"]
    source_reason: str
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one document gave. The unit that the store keeps and that a worker returns."""

    identity: Identity
    pages: tuple[PageFacts, ...]
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    marks: tuple[NumberMark, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...] = ()
