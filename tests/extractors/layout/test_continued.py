"""Tables that run over a page end, and tables that only follow one another."""

from dataclasses import replace

import pytest

from extractors.layout.continued import with_joined_tables
from schemas.layout import Table, TableMethod
from schemas.pages import BBox, MappedText, Word
from tests.extractors.figures.grids import mapped, table

HEAD = "Theme | 2013/14 | 2014/15"
FIRST = f"{HEAD}\nDelay | 20 | 18"
REST = f"{HEAD}\nStaff | 11 | 9\nTotal | 31 | 27"


def on_page(text: str, page: int, *, method: TableMethod = "aligned", caption: MappedText | None = None) -> Table:
    cells = tuple(replace(c, text=MappedText.join([(page, w.word) for w in c.text.words])) for c in table(text).cells)
    return replace(table(text), page=page, cells=cells, method=method, caption=caption)


def below(text: str) -> MappedText:
    """A caption that stands under its table."""
    return MappedText.join(
        [(2, Word(text=w, bbox=BBox(5.0 * n, 810, 5.0 * n + 4, 820))) for n, w in enumerate(text.split())]
    )


def rows(*tables: Table) -> list[int]:
    return [t.rows for t in with_joined_tables(tables) if isinstance(t, Table)]


def test_the_rest_repeats_its_heads():
    assert rows(on_page(FIRST, 1), on_page(REST, 2)) == [4]


def test_the_caption_may_stand_below_the_rest():
    (joined,) = with_joined_tables([on_page(FIRST, 1), on_page(REST, 2, caption=below("Table 2: Complaints by theme"))])
    assert isinstance(joined, Table)
    assert joined.caption is not None and joined.caption.text == "Table 2: Complaints by theme"


@pytest.mark.parametrize(
    "second",
    [
        on_page("Team | Number | Share\nStaff | 11 | 9", 2),
        on_page(REST, 1),
        on_page(REST, 3),
        on_page(REST, 2, caption=mapped("Table 3: Compliments by theme")),
    ],
)
def test_a_table_with_other_heads_or_a_caption_of_its_own_begins_there(second: Table):
    first = replace(on_page(FIRST, 1), caption=mapped("Table 2: Complaints by theme"))
    assert rows(first, second) == [2, second.rows]


def test_nothing_follows_a_total():
    assert rows(on_page(f"{FIRST}\nTotal | 20 | 18", 1), on_page(REST, 2)) == [3, 3]
