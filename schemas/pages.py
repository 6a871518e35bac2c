"""What a page is once it has been read: words with boxes, ruling lines, and text that remembers its words.

One convention everywhere: PDF points, origin at the top left, pages numbered from 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Self

TextSource = Literal["text", "ocr", "none"]


@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle in points: x0 ≤ x1 from the left edge, top ≤ bottom from the upper edge."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Height of the middle line, in points from the top."""
        return (self.top + self.bottom) / 2

    def meets(self, other: "BBox") -> bool:
        """Whether the two have more than an edge in common."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.top < other.bottom and other.top < self.bottom

    def holds_middle_of(self, other: "BBox") -> bool:
        """Whether the middle of the other lies in this one, or on its edge."""
        return self.x0 <= (other.x0 + other.x1) / 2 <= self.x1 and self.top <= other.middle <= self.bottom

    def moved(self, across: float, down: float) -> "BBox":
        """The same box so many points further to the right and down."""
        return BBox(self.x0 + across, self.top + down, self.x1 + across, self.bottom + down)

    @classmethod
    def around(cls, boxes: Iterable["BBox"]) -> Self:
        """The smallest box that holds all `boxes`. Raises ValueError when there are none."""
        found = tuple(boxes)
        if not found:
            raise ValueError("no boxes to surround")
        return cls(
            min(b.x0 for b in found),
            min(b.top for b in found),
            max(b.x1 for b in found),
            max(b.bottom for b in found),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenReading:
    """What one engine read where a word of a scan stands, and how sure it was (0-1).

    `alternatives` are what else it may be, each with its probability, the likeliest first.
    """

    engine: str
    text: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of characters without a space, as printed. `size` is the font size in points; `confidence` (0-1) is set by OCR only.

    `turned` words run upwards or downwards. `readings` are those of a number that was read twice, the first reader's first;
    `text` is then the one that is used. `raw` is what OCR read where `text` is mended from it, else "".
    """

    text: str
    bbox: BBox
    size: float = 0.0
    bold: bool = False
    confidence: float | None = None
    turned: bool = False
    readings: tuple[TokenReading, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A ruling line or the edge of a filled box."""

    bbox: BBox

    @property
    def horizontal(self) -> bool:
        """Whether the rule is wider than it is high."""
        return self.bbox.width >= self.bbox.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A filled or stroked shape of a drawing: corner points (x, top) with curves as short straight pieces, and colours as 0xRRGGBB.

    A colour is None where the shape is not filled, or has no outline.
    """

    points: tuple[tuple[float, float], ...]
    fill: int | None = None
    stroke: int | None = None

    @property
    def bbox(self) -> BBox:
        """The box around its points."""
        xs, tops = zip(*self.points, strict=True)
        return BBox(min(xs), min(tops), max(xs), max(tops))


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """How a page that was turned and straightened for reading lies on the page as shown.

    `matrix` is a projective map, row by row, from points of the straight page to points of the page as shown (for a scan that
    is only askew, a rotation); `width` and `height` are those of the page as shown.
    """

    matrix: tuple[float, float, float, float, float, float, float, float, float]
    width: float
    height: float

    @property
    def quarter_turns(self) -> int:
        """By how many quarter turns clockwise the page as shown must be turned to be read (0-3)."""
        along, down = (
            self.matrix[0],
            self.matrix[3],
        )  # where a step to the right on the straight page leads on the page as shown
        if abs(along) >= abs(down):
            return 0 if along > 0 else 2
        return 1 if down < 0 else 3

    def shown(self, box: BBox) -> BBox:
        """The smallest upright box on the page as shown that holds `box` of the straight page."""
        a, b, c, d, e, f, g, h, i = self.matrix
        corners = ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom))
        depth = [g * x + h * y + i for x, y in corners]
        across = [(a * x + b * y + c) / z for (x, y), z in zip(corners, depth, strict=True)]
        down = [(d * x + e * y + f) / z for (x, y), z in zip(corners, depth, strict=True)]
        x0, x1 = (round(min(max(edge, 0.0), self.width), 2) for edge in (min(across), max(across)))
        top, bottom = (round(min(max(edge, 0.0), self.height), 2) for edge in (min(down), max(down)))
        return BBox(x0, top, x1, bottom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture on a page of text that may hold print. `read` says that OCR looked at it, `reason` what came of that."""

    bbox: BBox
    read: bool = False
    reason: str = ""

    def holds(self, box: BBox) -> bool:
        """Whether the middle of a box lies on it."""
        return self.bbox.holds_middle_of(box)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as read. `source` says where the words came from and `source_reason` why that was chosen.

    `shapes` are kept only where the page may hold a chart.
    Words and rules of a scan that lies askew, on its side or upside down are placed on the page as if it lay straight, which
    `width` and `height` are of; `placing` then leads back to the page as shown. It is None where the two are the same.
    `unseen` says that the words of a text layer lie unseen under an image of the page, as an earlier OCR leaves them.
    `pictures` are those of a page with a text layer; what OCR reads on them is among the words (which then have a confidence),
    rules and shapes.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    shapes: tuple[Shape, ...] = ()
    source: TextSource = "text"
    source_reason: str = ""
    placing: Placing | None = None
    unseen: bool = False
    pictures: tuple[Picture, ...] = ()

    def scanned_at(self, box: BBox) -> bool:
        """Whether what stands there was read from an image."""
        return self.source == "ocr" or any(picture.read and picture.holds(box) for picture in self.pictures)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWord:
    """Characters `start` to `end` of a `MappedText` are the printed `word` on `page`."""

    start: int
    end: int
    page: int
    word: Word


@dataclass(frozen=True, slots=True)
class MappedText:
    """Text that leads back to the page: every stretch of characters has the words that it was printed as.

    A word that was hyphenated over a line end, or whose reading was mended, covers characters that differ from its
    printed text; `printed` gives back what stands on the page.
    """

    text: str
    words: tuple[PlacedWord, ...]

    @classmethod
    def join(cls, words: Sequence[tuple[int, Word]], separator: str = " ") -> "MappedText":
        """Text of `words` (page number, word), with `separator` between them."""
        parts: list[str] = []
        placed: list[PlacedWord] = []
        at = 0
        for page, word in words:
            if parts:
                parts.append(separator)
                at += len(separator)
            placed.append(PlacedWord(start=at, end=at + len(word.text), page=page, word=word))
            parts.append(word.text)
            at += len(word.text)
        return cls("".join(parts), tuple(placed))

    @classmethod
    def concat(cls, texts: Sequence["MappedText"], separator: str = " ") -> "MappedText":
        """Several texts as one, with `separator` between them."""
        parts: list[str] = []
        placed: list[PlacedWord] = []
        at = 0
        for text in texts:
            if parts:
                parts.append(separator)
                at += len(separator)
            placed.extend(PlacedWord(start=w.start + at, end=w.end + at, page=w.page, word=w.word) for w in text.words)
            parts.append(text.text)
            at += len(text.text)
        return cls("".join(parts), tuple(placed))

    def between(self, start: int, end: int) -> tuple[PlacedWord, ...]:
        """The words that characters `start` to `end` touch."""
        return tuple(w for w in self.words if w.start < end and w.end > start)

    def locate(self, start: int, end: int) -> tuple[int, BBox] | None:
        """Page and box of characters `start` to `end`; of a stretch that runs over a page end, the part on its first page."""
        touched = self.between(start, end)
        if not touched:
            return None
        page = touched[0].page
        return page, BBox.around(w.word.bbox for w in touched if w.page == page)

    def printed(self, start: int, end: int) -> str:
        """What the page shows where characters `start` to `end` were read: whole words, joined by spaces."""
        return " ".join(w.word.raw or w.word.text for w in self.between(start, end))

    def recognised(self, start: int, end: int) -> bool:
        """Whether characters `start` to `end` were read by OCR."""
        return any(w.word.confidence is not None for w in self.between(start, end))
