"""Real reports, where they are at hand: nothing is lost, nothing is doubled, no prose becomes a table."""

import re
from collections import Counter
from pathlib import Path

import pytest

from extractors.layout import lay_out
from extractors.reading.pdf import read_pdf
from extractors.reading.text import render_text
from schemas.pages import Page, Word
from tests.extractors.layout.pages import cells, tables, words_of

SHARED = Path(__file__).parents[4] / "shared"
TEXTS = sorted((SHARED / "corpus/texts").glob("*.txt"))[::4] + sorted((SHARED / "seeds").glob("*.txt"))
REPORTS = sorted((SHARED / "data/inspections").glob("*.pdf"))[::7]
TABLES = sorted((SHARED / "data/tables/icdar2013").glob("*/*.pdf"))[::6]

needs_shared = pytest.mark.skipif(not TEXTS, reason="the shared material is not here")


def pages_of(path: Path) -> tuple[Page, ...]:
    content = path.read_bytes()
    return read_pdf(render_text(content.decode()) if path.suffix == ".txt" else content)


@pytest.mark.parametrize("path", TEXTS + REPORTS + TABLES, ids=lambda p: p.stem)
def test_every_word_is_in_exactly_one_element(path: Path) -> None:
    pages = pages_of(path)
    before = Counter((p.number, word) for p in pages for word in p.words if not is_leader(word))
    after = Counter((page, word) for page, word in words_of(lay_out(pages)) if not is_leader(word))
    assert after == before


def is_leader(word: Word) -> bool:
    """Dots that lead from a label to its value, which tables leave out."""
    return re.fullmatch(r"[.…·_]{3,}", word.text) is not None


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_no_table_is_found_in_the_prose_of_inspections(path: Path) -> None:
    assert [cells(t) for t in tables(lay_out(pages_of(path))) if t.method != "ruled"] == []


@needs_shared
@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("lincolnshire_2024-25_report", [(5, 5), (13, 4)]),
        ("hounslow_2016-17_report", [(9, 3)]),
        ("enfield_2019-20-q3_ocr_appendix", [(7, 4)]),
        ("derby_2018-19-h1_ocr_appendix", [(6, 10), (7, 5)]),
        ("cornwall_2010-11_ocr_report", [(5, 3), (6, 3)]),
        ("bradford_2021-22_report", [(19, 3), (13, 2)]),
    ],
)
def test_tables_of_the_corpus(name: str, shapes: list[tuple[int, int]]) -> None:
    found = tables(lay_out(pages_of(SHARED / f"corpus/texts/{name}.txt")))
    assert [(t.rows, t.cols) for t in found] == shapes
