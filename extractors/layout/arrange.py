"""The whole of laying out, step by step: pages of words in, blocks and tables in reading order out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles

from extractors.charts import find_charts, without
from extractors.layout.agreed import with_agreed_labels
from extractors.layout.aligned import with_tables
from extractors.layout.asides import with_asides
from extractors.layout.beyond_edges import with_what_is_beyond
from extractors.layout.blocks import body_size, judged, to_blocks
from extractors.layout.captions import with_captions
from extractors.layout.chart_words import left_to_rows
from extractors.layout.columns import flows, gutters_of
from extractors.layout.continued import with_joined_tables
from extractors.layout.crumbs import crumbs_of
from extractors.layout.drawn import drawn_tables
from extractors.layout.flattened import with_flattened
from extractors.layout.flow_text import text_of
from extractors.layout.footnotes import footnote_rows, footnote_texts
from extractors.layout.furniture import CONTENTS, contents_rows, furniture_rows
from extractors.layout.heads_above import with_heads_above
from extractors.layout.lines import Line, Row, line_of, rejoined, rows_of_words, usual_gap
from extractors.layout.mended import mended_rules
from extractors.layout.misread import with_signs
from extractors.layout.name_lists import with_name_lists
from extractors.layout.paired import with_heads_paired, with_shares_joined
from extractors.layout.paragraphs import Spacing, hard_wrap_of, paragraphs, spacing_of, wrapped_units
from extractors.layout.parted import parted
from extractors.layout.recurring import with_recurring
from extractors.layout.specks import without_specks
from extractors.layout.stacked import with_stacked
from extractors.layout.strokes import stroke_rows
from extractors.layout.turned import printed_rows
from extractors.layout.turned_above import with_turned_heads
from extractors.layout.wrapped_rows import with_wrapped_rows
from schemas.layout import Block, BlockKind, Layout, Table
from schemas.pages import BBox, Page

Item = Line | Table
HEAD, BODY, FOOTNOTE, FOOT = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page on its way: its rows of lines, the crumbs of ruling lines, the tables that these showed, and its usual space in em."""

    page: Page
    rows: tuple[Row, ...]
    crumbs: tuple[Row, ...]
    tables: tuple[Table, ...]
    space: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An element and where it is read: on `page`, in `part` of it (head, body, footnotes, foot)."""

    page: int
    part: int
    element: Block | Table


def lay_out(pages: Sequence[Page]) -> Layout:
    """Blocks and tables of `pages` in reading order. Every word of the pages is in exactly one of them."""
    sheets = [_sheet(page) for page in pages]
    furniture = furniture_rows([s.page for s in sheets], [s.rows for s in sheets])
    body = body_size([part for sheet in sheets for row in sheet.rows for part in row])
    gutters = gutters_of(sheet.rows for sheet in sheets)
    items: list[Item] = []
    placed: list[Placed] = []
    for sheet, dropped in zip(sheets, furniture, strict=True):
        strokes = stroke_rows(sheet.rows, scanned=sheet.page.source == "ocr") - dropped
        dropped = dropped | strokes | contents_rows(sheet.rows, len(sheets))
        footnotes = footnote_rows(sheet.page, sheet.rows, dropped, body, sheet.tables)
        placed.extend(_set_apart(sheet, [sheet.rows[n] for n in sorted(dropped)], "furniture"))
        placed.extend(_set_apart(sheet, sheet.crumbs, "furniture"))
        placed.extend(_set_apart(sheet, [sheet.rows[n] for n in sorted(footnotes)], "footnote"))
        kept = [row for at, row in enumerate(sheet.rows) if at not in dropped and at not in footnotes]
        drawn = [sheet.rows[at][0].bbox.middle for at in sorted(strokes)]
        items.extend(_page_items(sheet, kept, drawn, gutters))
    placed.extend(_body(items, body))
    placed.sort(key=lambda p: (p.page, p.part))
    mended = (_mended(p.element) if isinstance(p.element, Table) else p.element for p in placed)
    return Layout(elements=tuple(with_recurring(with_agreed_labels(list(mended)))))


def _mended(table: Table) -> Table:
    """A table of a scan as it must have been printed."""
    return with_signs(without_specks(with_shares_joined(with_heads_paired(with_wrapped_rows(table)))))


def _sheet(page: Page) -> Sheet:
    """Rows of a page, and the tables that charts and ruling lines show. Words of no size are kept: nothing is lost."""
    charts, drawn = left_to_rows(page, *find_charts(page))
    page = without(page, charts, drawn)
    strokes = crumbs_of(page)
    crumbs = tuple((line_of(page.number, (page.words[n],)),) for n in sorted(strokes))
    page = replace(page, words=tuple(w for n, w in enumerate(page.words) if n not in strokes)) if strokes else page
    page = replace(page, rules=mended_rules(page)) if page.rules else page
    tables, taken = drawn_tables(page, usual_gap(rows_of_words(page.words))) if page.rules else ([], set())
    words = [w for n, w in enumerate(page.words) if n not in taken]
    space = usual_gap(rows_of_words(words))
    rows = tuple(printed_rows(page.number, words, space))
    apart = [part for table in tables for part in parted(table)]
    whole, left = with_turned_heads(*with_heads_above(*with_what_is_beyond(apart, rows), page.rules))
    return Sheet(page=page, rows=tuple(left), crumbs=crumbs, tables=(*charts, *whole), space=space)


def _set_apart(sheet: Sheet, rows: Sequence[Row], kind: BlockKind) -> Iterator[Placed]:
    """Rows that are no part of the running text, as blocks of their own."""
    for row in footnote_texts(rows) if kind == "footnote" else rows:
        upper = row[0].bbox.middle < sheet.page.height / 2
        part = FOOTNOTE if kind == "footnote" else HEAD if upper else FOOT
        yield Placed(page=sheet.page.number, part=part, element=Block(kind=kind, text=text_of(row)))


def _page_items(sheet: Sheet, rows: Sequence[Row], drawn: Sequence[float], gutters: Sequence[float]) -> Iterator[Item]:
    """Lines and tables of one page in reading order; each line knows its column and how far right that reaches."""
    waiting = sorted(sheet.tables, key=lambda t: (t.bbox.top, t.bbox.x0))
    contents = any(len(row) == 1 and row[0].text.lower().strip(":") in CONTENTS for row in rows)
    for number, flow in enumerate(flows(rows, gutters)):
        edge = _right_edge(sheet.page, flow)
        for row in with_tables(flow, contents=contents, drawn=drawn, rules=sheet.page.rules):
            box = row.bbox if isinstance(row, Table) else BBox.around(part.bbox for part in row)
            while waiting and _comes_before(waiting[0], box):
                yield waiting.pop(0)
            if isinstance(row, Table):
                yield row
                continue
            for line in rejoined(row, sheet.space):
                yield replace(line, edge=edge, flow=number)
    yield from waiting


def _comes_before(table: Table, box: BBox) -> bool:
    """Whether a table stands above a box of the same column."""
    return table.bbox.middle < box.middle and min(box.x1, table.bbox.x1) > max(box.x0, table.bbox.x0)


def _right_edge(page: Page, flow: Sequence[Row]) -> float:
    """How far right the lines of a column may run. A page of short lines tells it by its left margin."""
    rights = sorted(row[-1].bbox.x1 for row in flow)
    left = min(row[0].bbox.x0 for row in flow)
    reach = rights[-1] if len(rights) < 20 else quantiles(rights, n=50)[-1]
    whole_width = left < 0.3 * page.width and reach > 0.55 * page.width
    return max(reach, 0.92 * (page.width - left)) if whole_width else reach


def _body(items: Sequence[Item], body: float) -> Iterator[Placed]:
    """The running text and its tables."""
    groups = _groups(items)
    texts = [None if isinstance(g, Table) else g for g in groups]
    known = frozenset(w.text.lower().strip(".,;:!?()'\"") for i in items if isinstance(i, Line) for w in i.words)
    blocks = to_blocks(judged(texts, body), known)
    elements = [g if isinstance(g, Table) else b for g, b in zip(groups, blocks, strict=True)]
    for element in with_joined_tables(with_captions([e for e in elements if e is not None])):
        element = with_asides(element) if isinstance(element, Table) else element
        yield Placed(page=_page_of(element), part=BODY, element=element)


def _page_of(element: Block | Table) -> int:
    """The page on which an element begins."""
    if isinstance(element, Table):
        return element.page
    first = element.marker or element.text
    return first.words[0].page


def _groups(items: Sequence[Item]) -> list[list[Line] | Table]:
    """Paragraphs (groups of lines) and tables, in order."""
    lines = [i for i in items if isinstance(i, Line)]
    spacing = spacing_of(lines)
    stretches = [part for s in _stretches(items) for part in _with_text_tables(s, spacing)]
    units = [s if isinstance(s, Table) else wrapped_units(s, spacing) for s in stretches]
    spacing = replace(spacing, wrapped_at=hard_wrap_of([u for s in units if not isinstance(s, Table) for u in s]))
    groups: list[list[Line] | Table] = []
    for stretch in units:
        if isinstance(stretch, Table):
            groups.append(stretch)
        else:
            groups.extend(paragraphs(stretch, spacing))
    return groups


def _with_text_tables(stretch: list[Line] | Table, spacing: Spacing) -> Iterator[list[Line] | Table]:
    """A stretch of lines parted by the tables that the text itself shows."""
    if isinstance(stretch, Table):
        yield stretch
        return
    for part in _stretches(list(with_stacked(stretch))):
        if isinstance(part, Table):
            yield part
            continue
        for rest in _stretches(list(with_name_lists(part, spacing))):
            yield from [rest] if isinstance(rest, Table) else _stretches(list(with_flattened(rest, spacing)))


def _stretches(items: Sequence[Item]) -> Iterator[list[Line] | Table]:
    """Lines between tables, and the tables."""
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
            continue
        if lines:
            yield lines
        lines = []
        yield item
    if lines:
        yield lines
