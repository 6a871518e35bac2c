"""Generated papers and scans of them, read by the first reader, with what is printed at each place of a scan.

The truth is the text layer of the paper that was scanned. It is laid over the scan by the words that both have once: they fix an
affine map from the paper to the scan, which is good to a point or two for scans that are turned, askew or slightly curled.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from extractors.reading.ocr.scans import ReadImage, read_once
from extractors.reading.ocr.tesseract import find_reader
from extractors.reading.pdf import open_pdf, read_pdf
from extractors.reading.rendition import render
from extractors.reading.second.recogniser import load_recogniser
from extractors.reading.sniff import sniff
from fixtures.sample.archive import DOCUMENTS, GOLD
from fixtures.sample.scanning import draw_recipe, scan_by
from pipeline.evaluate import Gold, owner, read_gold
from schemas.pages import BBox, Page, Word

# Points: how far the map may be off, across and down.
_ACROSS, _DOWN = 2.0, 1.0
_FEWEST_WORDS, _ROUNDS = 6, 6
_LINE = 6.0  # points: words that differ by less in height stand in one line

PrintedAt = Callable[[BBox], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A paper and its scan: pages of the text layer, pages as the first reader read them, gold, and how it was scanned."""

    name: str
    folder: str
    kind: str
    gold: Gold
    truth: tuple[Page, ...]
    read: tuple[ReadImage, ...]


def scanned_papers(archive: Path, seed: int, pages: int) -> Iterator[Scanned]:
    """Scans of the papers of a generated archive without scans, until there are so many pages."""
    reader, second = find_reader(), load_recogniser()
    gold = {g.stem: g for g in read_gold(archive / GOLD)}
    for number, path in enumerate(sorted(p for p in (archive / DOCUMENTS).rglob("*") if p.is_file())):
        content = path.read_bytes()
        paper = render(content, sniff(content, path.name))
        recipe = replace(draw_recipe(seed + number), container="pdf")
        scan = scan_by(recipe, paper.pdf, seed=seed + number).content
        with open_pdf(scan) as opened:
            read = tuple(read_once(opened[page.number - 1], page, reader, second) for page in read_pdf(scan))
        yield Scanned(
            name=path.name,
            folder=path.parent.name,
            kind=recipe.kind,
            gold=gold[owner(path.name, gold)],
            truth=read_pdf(paper.pdf, typeset=paper.typeset),
            read=read,
        )
        pages -= len(read)
        if pages <= 0:
            return


def printed_on(truth: Page, page: Page) -> PrintedAt | None:
    """What is printed in a box of the scanned page; None where too few words are read to tell."""
    ours, theirs = _once(truth), _once(page)
    common = [text for text in ours if text in theirs]
    if len(common) < _FEWEST_WORDS:
        return None
    start = np.array([(*_middle(ours[text]), 1.0) for text in common])
    end = np.array([_middle(theirs[text]) for text in common])
    kept = np.ones(len(common), dtype=bool)
    for _ in range(_ROUNDS):
        if kept.sum() < _FEWEST_WORDS:
            return None
        matrix = np.linalg.lstsq(start[kept], end[kept], rcond=None)[0]
        off = np.abs(start @ matrix - end).max(axis=1)
        kept = off < max(2.5 * float(np.median(off)), _ACROSS)
    left = np.array([(w.bbox.x0, w.bbox.middle, 1.0) for w in truth.words]) @ matrix
    right = np.array([(w.bbox.x1, w.bbox.middle, 1.0) for w in truth.words]) @ matrix

    def printed_at(box: BBox) -> str:
        inside = [
            (round((a[1] + b[1]) / 2 / _LINE), a[0], word.text)
            for a, b, word in zip(left.tolist(), right.tolist(), truth.words, strict=True)
            if box.top - _DOWN <= (a[1] + b[1]) / 2 <= box.bottom + _DOWN
            and min(b[0], box.x1) - max(a[0], box.x0) > min(b[0] - a[0], box.x1 - box.x0) / 2
        ]
        return " ".join(text for _, _, text in sorted(inside))

    return printed_at


def _once(page: Page) -> dict[str, Word]:
    """The words that stand on a page once, but for the shortest."""
    times = Counter(word.text for word in page.words)
    return {word.text: word for word in page.words if times[word.text] == 1 and len(word.text) > 2}


def _middle(word: Word) -> tuple[float, float]:
    return (word.bbox.x0 + word.bbox.x1) / 2, word.bbox.middle
