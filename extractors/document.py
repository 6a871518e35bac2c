"""From the pages of one document to everything read from it: identity, figures, relations, and what became of each number."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.figures.assemble import Placed, assemble
from extractors.figures.bracketed import always_prior_in_brackets
from extractors.figures.broken import breaks_off, unless_broken
from extractors.figures.drafts import DraftMark, TextReading, Topic
from extractors.figures.prose import read_prose
from extractors.figures.sections import (
    Section,
    after_block,
    as_list_item,
    as_prose,
    before_block,
    before_table,
    is_item,
    main_measure,
    names_our_matter,
    of_ombudsman,
    one_procedure,
    other_authorities,
    several_services,
    under_heading,
)
from extractors.figures.table_marks import of_marks, with_units
from extractors.figures.table_notation import is_notation, read_notation
from extractors.figures.table_periods import under_dated_heading
from extractors.figures.tables import read_table
from extractors.figures.whole_stages import with_stages
from extractors.identity import identify
from extractors.layout import lay_out
from extractors.layout.captions import names_a_table
from extractors.layout.ruled import looks_drawn
from extractors.notes import find_notes
from extractors.reading.damage import is_mended, looks_damaged
from extractors.reading.second.rereading import is_read_once
from extractors.shown import as_shown
from schemas.documents import Identity, PageFacts, Problem, Reading
from schemas.layout import Block, Layout, Table
from schemas.pages import MappedText, Page


def extract(
    pages: Sequence[Page],
    *,
    pdf: bytes,
    file_name: str,
    folder: str = "",
    source_url: str = "",
    title: str = "",
    authority: str | None = None,
    period: str | None = None,
) -> Reading:
    """Read a whole document. Pure: the same pages and names give the same reading."""
    layout = lay_out(pages)
    text = _full_text(layout)
    identity = _identity(
        layout, text, file_name=file_name, folder=folder, source_url=source_url, title=title, authority=authority,
        period=period,
    )  # fmt: skip
    letter = of_ombudsman(text)
    main = "ombudsman_cases" if letter else main_measure(_opening(layout), text)
    section = Section(
        period=identity.period,
        damaged=is_mended(pages) or looks_damaged(text),
        default=main,
        main=main,
        headings=((0, Topic(measure=main)),) if letter else (),
        item_level=_item_level(layout) if identity.type == "minutes" else 0,
        services=several_services(text),
        others=other_authorities(text, identity.authority),
        one_procedure=one_procedure(text),
        bracketed="document" if always_prior_in_brackets(text, identity.period) else "",
    )
    placed = with_stages(tuple(_read_elements(layout, section)))
    assembled = assemble(placed, pages, identity, digest=_digest(pages))
    reading = Reading(
        identity=identity,
        pages=tuple(_facts(p) for p in pages),
        figures=assembled.figures,
        relations=assembled.relations,
        marks=assembled.marks,
        problems=tuple(_problems(pages, identity)),
        notes=find_notes(layout),
    )
    return as_shown(reading, pages)


def _item_level(layout: Layout) -> int:
    """The level of the numbered headings of an agenda, one of which names what we count; 0 where there are none."""
    items = [e for e in layout.elements if isinstance(e, Block) and is_item(e)]
    return next((e.level for e in items if names_our_matter(e.text.text)), 0)


def _identity(layout: Layout, text: str, **known: str | None) -> Identity:
    """Whose document it is and what it covers; what the text does not say, its running heads and feet may."""
    identity = identify(head_text=text[:3000], full_text=text, **known)  # type: ignore[arg-type]
    running = _running_text(layout)
    if not running or (identity.authority is not None and identity.period is not None):
        return identity
    text = f"{running}\n{text}"
    again = identify(head_text=text[:3000], full_text=text, **known)  # type: ignore[arg-type]
    if identity.authority is None:
        code, reason = again.authority_code, again.authority_reason
        identity = replace(identity, authority=again.authority, authority_code=code, authority_reason=reason)
    if identity.period is None:
        identity = replace(identity, period=again.period, period_reason=again.period_reason)
    return identity


def _running_text(layout: Layout) -> str:
    """The running heads and feet, each once, however its page numbers differ."""
    lines = (e.text.text for e in layout.elements if isinstance(e, Block) and e.kind == "furniture")
    once = {re.sub(r"\d+", "#", line): line for line in lines if re.search("[A-Za-z]{3}", line)}
    return "\n".join(once.values())


def _read_elements(layout: Layout, section: Section) -> Iterator[Placed]:
    number = 0
    labelled = _label_lines(layout.elements)
    numbered = _numbered_headings(layout.elements)
    before = ""
    headed = broken = tabled = False
    page = 0
    for index, element in enumerate(layout.elements):
        number += not (isinstance(element, Block) and element.kind == "list_item")
        if isinstance(element, Table):
            ended = before.rstrip().endswith((".", ":")) or names_a_table(before)
            open_end = 0 < page < element.page and not ended
            rest = open_end and not headed and not _is_headed(element)
            yield from _read_table(element, section, number, before, headed=headed, rest=rest)
            headed, tabled = False, True
            page = max((w.page for c in element.cells for w in c.text.words), default=element.page)
            continue
        if element.kind == "furniture":
            yield Placed(text=element.text, reading=_furniture(element), furniture=True)
            continue
        page = max((w.page for w in element.text.words), default=page)
        if element.marker is not None:
            yield Placed(
                text=element.marker,
                reading=_all_marked(element.marker, "list_marker"),
                together=number if element.kind == "list_item" else None,
            )
        element = as_list_item(section, as_prose(element))
        before = element.text.text
        if element.kind == "heading" or index in numbered or _is_bare_heading(element):
            section, headed = under_heading(section, element), True
            yield Placed(text=element.text, reading=_all_marked(element.text, "label"))
            continue
        if _is_title(element.text.text) or _is_running(element):
            yield Placed(text=element.text, reading=_all_marked(element.text, "label"))
            continue
        section, headed = before_block(section, element), False
        reading = read_prose(element.text.text, replace(section.context(), labelled=index in labelled))
        # a title without a stop stands over a table, and breaks off nothing
        begins = tabled and element.text.text[:1].isupper()
        reading = unless_broken(reading, element, after_broken=broken and not begins)
        broken, tabled = breaks_off(element), False
        section = after_block(section, element, reading.topic, counted=bool(reading.drafts))
        yield Placed(text=element.text, reading=reading, together=number if element.kind == "list_item" else None)


def _is_headed(table: Table) -> bool:
    """Whether a caption stands above a table, so that it begins here."""
    return table.caption is not None and any(w.word.bbox.top < table.bbox.top for w in table.caption.words)


def _read_table(
    table: Table, section: Section, number: int, before: str, *, headed: bool, rest: bool
) -> Iterator[Placed]:
    context = before_table(section).context()
    if headed and table.caption is None:
        context = under_dated_heading(before, context)
    for axis in table.axes:
        yield Placed(text=axis, reading=_all_marked(axis, "label", "axis of a chart"))
    table = with_units(table, before)
    reading = of_marks(read_table(table, context, before=before, rest=rest), table)
    for text in (table.caption, *table.notes):
        if text is not None and is_notation(text.text):
            note = read_notation(text.text, table, reading)
            yield Placed(text=text, reading=note, snippet=text.text, together=number)
        elif text is not None:
            yield Placed(text=text, reading=read_prose(text.text, section.context()))
    for index, cell in enumerate(table.cells):
        drafts = tuple(d for i, d in reading.drafts if i == index)
        marks = tuple(m for i, m in reading.marks if i == index)
        relations = reading.relations if index == 0 else ()
        yield Placed(
            text=cell.text,
            reading=TextReading(drafts=drafts, relations=relations, marks=marks, topic=Topic()),
            snippet=_row_text(table, cell.row),
            together=number,
        )


def _row_text(table: Table, row: int) -> str:
    return " | ".join(c.text.text for c in table.cells if c.row <= row < c.row + c.rowspan)


_NUMBERED_HEADING = re.compile(r"(\d{1,2}) +[A-Zcosuvwxz][^.;:%]{2,60}")
"""Of letters whose capitals differ in size alone OCR may read either: “6 what people complained about”."""
_LEAST_SECTIONS = 3


def _numbered_headings(elements: Sequence[Block | Table]) -> set[int]:
    """Indices of lines that begin with a section number that has no stop (“8 Compliments”), where they count up through the paper."""
    found: list[tuple[int, int]] = []
    for index, element in enumerate(elements):
        if not isinstance(element, Block) or element.kind == "furniture" or element.marker is not None:
            continue
        m = _NUMBERED_HEADING.fullmatch(element.text.text.strip())
        if m and int(m[1]) in ((1, found[-1][1] + 1, found[-1][1] + 2) if found else (1, 2, 3)):
            found.append((index, int(m[1])))
    highest = max((number for _, number in found), default=0)
    return {index for index, _ in found} if highest >= _LEAST_SECTIONS else set()


_LABEL_LINE = re.compile(r"[A-Z][A-Za-z'’,/& -]{2,50}? ?[:–-]? ?[£]?[\dOlIS][\dOlIS,. ]{0,6}%?(?: \([^)]{1,12}\))?\.?")


def _label_lines(elements: Sequence[Block | Table]) -> set[int]:
    """Indices of the lines of a label and a value that stand together with others of their kind (“West 71”, “Mid 68”)."""
    lines = [
        isinstance(e, Block) and e.kind != "furniture" and bool(_LABEL_LINE.fullmatch(e.text.text)) for e in elements
    ]
    return {i for i, line in enumerate(lines) if line and (any(lines[max(0, i - 1) : i]) or any(lines[i + 1 : i + 2]))}


def _is_bare_heading(block: Block) -> bool:
    """A numbered line of a few words without a stop, which heads what follows (“7 Who complained”)."""
    words = block.text.text.split()
    if re.fullmatch(r"(?:slide|page) \d{1,3}", block.text.text.strip(), re.I):
        return True
    if re.match(r"[A-Z]\.\s+[A-Z]", block.text.text) and len(words) <= 9 and not block.text.text.endswith("."):
        return True
    numbered = block.marker is not None and re.fullmatch(r"[\dlIO]{1,2}\.?", block.marker.text) is not None
    return (
        numbered
        and 0 < len(words) <= 7
        and not re.search(r"[\d.:;,]", re.sub(r"\(.*\)|\bStages? \d", "", block.text.text))
        and words[0][0].isupper()
    )


def _is_running(block: Block) -> bool:
    """Whether a block is the title of the paper and the number of the page (“Annual Report on Complaints 2017/18 1”), once where nothing repeats it."""
    line = re.fullmatch(r"(?P<title>[A-Z][^.;:]*?) (?P<page>\d{1,3})", block.text.text.strip())
    if line is None or not block.text.words or int(line["page"]) != block.text.words[-1].page:
        return False
    words = [w for w in line["title"].split() if w[0].isalpha() and len(w) > 3]
    return len(words) >= 3 and all(w[0].isupper() for w in words)


def _is_title(text: str) -> bool:
    """A line in title case behind a number, without a full stop (“10 Children's Services Complaints 2017/18 - Annual Report”)."""
    words = text.split()
    if (
        not re.match(r"\d{1,2}\.?$", words[0] if words else "")
        or len(words) < 4
        or text.rstrip().endswith((".", ";", ":"))
    ):
        return False
    named = [w for w in words[1:] if w[0].isalpha() and len(w) > 3 and w not in ("about", "from", "with")]
    return len(named) >= 3 and all(w[0].isupper() for w in named)


def _furniture(block: Block) -> TextReading:
    return _all_marked(block.text, "page_number")


def _all_marked(text: MappedText, kind: str, reason: str = "") -> TextReading:
    marks = tuple(
        DraftMark(start=m.start(), end=m.end(), kind=kind, reason=reason)  # type: ignore[arg-type]
        for m in re.finditer(r"\S*\d\S*", text.text)
    )
    return TextReading(drafts=(), relations=(), marks=marks, topic=Topic())


def _full_text(layout: Layout) -> str:
    parts: list[str] = []
    for element in layout.elements:
        if isinstance(element, Table):
            parts += [element.caption.text] if element.caption else []
            parts += [_row_text(element, row) for row in range(element.rows)]
        elif element.kind != "furniture":
            parts.append(f"{element.marker.text} {element.text.text}" if element.marker else element.text.text)
    return "\n".join(parts)


def _opening(layout: Layout) -> str:
    """The headings and short lines at the beginning, which say what the paper is about."""
    blocks = [e for e in layout.elements[:12] if isinstance(e, Block) and e.kind != "furniture"]
    return "\n".join(b.text.text for b in blocks if b.kind == "heading" or len(b.text.text) < 120)


def _digest(pages: Iterable[Page]) -> str:
    digest = hashlib.sha256()
    for page in pages:
        digest.update(f"\f{page.number} ".encode())
        digest.update(" ".join(w.text for w in page.words).encode("utf-8", "replace"))
    return digest.hexdigest()


def _facts(page: Page) -> PageFacts:
    shown = page.placing or page
    return PageFacts(
        number=page.number, width=shown.width, height=shown.height, source=page.source, source_reason=page.source_reason,
        words=len(page.words),
    )  # fmt: skip


def _problems(pages: Sequence[Page], identity: Identity) -> Iterator[Problem]:
    for page in pages:
        if page.source == "none" and page.source_reason:
            yield Problem(code="needs_ocr", message=page.source_reason, page=page.number)
        for picture in page.pictures:
            if not picture.read:
                message = f"A picture on the page was not read: {picture.reason or 'OCR was not asked for'}."
                yield Problem(code="pictures_not_read", message=message, page=page.number)
        if looks_drawn(page):
            message = "The page has more crossing lines than any table: they were taken for a drawing, and not read as tables."
            yield Problem(code="drawing", message=message, page=page.number)
        if is_read_once(page):
            message = "Its numbers were read by one reader only, so its figures are doubtful; `crossfoot doctor` may tell why."
            yield Problem(code="read_once", message=message, page=page.number)
    if identity.authority is None:
        yield Problem(code="authority_unknown", message=f"The authority could not be told: {identity.authority_reason}")
    if identity.period is None:
        yield Problem(code="period_unknown", message=f"The period could not be told: {identity.period_reason}")


__all__ = ["extract"]
