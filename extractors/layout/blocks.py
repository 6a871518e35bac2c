"""From groups of lines to blocks: headings with levels, list items with markers, paragraphs."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from extractors.layout.flow_text import text_of
from extractors.layout.lines import Line, line_of
from extractors.layout.tokens import ends_sentence, has_digit, is_period, is_value, marker_of, starts_lower
from schemas.layout import Block, BlockKind

LARGER = 1.08  # times the body size: larger type
MAX_HEADING_WORDS = 14
MAX_LEVEL = 6
MOST_TITLE_LINES = 4
_QUESTION_WORDS = frozenset({"what", "how", "why", "who", "where", "when", "which"})
_NUMBERED_NAMES = frozenset(
    {"stage", "stages", "section", "part", "appendix", "annex", "item", "quarter", "step", "and"}
)
_SMALL_WORDS = frozenset(
    {"of", "the", "and", "in", "to", "for", "a", "on", "by", "with", "from", "or", "at", "&", "vs", "is", "are"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines that belong together, and how they begin. `style` ranks headings: lower comes first."""

    lines: tuple[Line, ...]
    kind: BlockKind
    marker: str = ""
    style: tuple[float, int, int] = (0.0, 0, 0)
    indent: float = 0.0


def body_size(lines: Sequence[Line]) -> float:
    """The type size of most characters, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def judged(groups: Sequence[Sequence[Line] | None], body: float) -> list[Paragraph | None]:
    """What each group of lines is; None (a table) stays None. What follows a group helps to judge it."""
    found: list[Paragraph | None] = []
    section = 0
    for at, group in enumerate(groups):
        following = groups[at + 1] if at + 1 < len(groups) else ()
        if group is None:
            found.append(None)
            continue
        paragraph = _judge(group, following, body)
        if _opens_section(group, following, section):
            section += 1
            paragraph = replace(paragraph, kind="heading", marker="plain", style=(-_half_points(group[0].size), 1, 1))
        elif paragraph.kind == "heading" and found and _runs_parallel(found[-1], paragraph):
            paragraph = replace(paragraph, kind="paragraph")
        found.append(paragraph)
    return _with_title(found)


def _ends_in_count(words: Sequence[str]) -> bool:
    """Whether the last word is a number and no year stands in the line."""
    return is_value(words[-1]) and not any(is_period(w.strip("()")) for w in words)


def _opens_section(group: Sequence[Line], following: Sequence[Line] | None, section: int) -> bool:
    """Whether a title begins with the plain number that comes after `section`: "4 Themes" after "3 Stages"."""
    words = [w.text for line in group for w in line.words]
    if words[0] != str(section + 1) or not 2 <= len(words) <= 8 or not words[1][0].isupper():
        return False
    if not _reads_as_title(words[1:], " ".join(words)) or ends_sentence(words[-1]) and not words[-1].endswith("?"):
        return False
    begins = following[0].words[0].text if following else ""
    return section > 0 or begins.startswith(f"{words[0]}.")


def _runs_parallel(before: Paragraph | None, paragraph: Paragraph) -> bool:
    """Whether a short line is the last of several alike ("Stage 2 – …", "Stage 3 – …") and not the heading of what follows."""
    if before is None or before.kind != "paragraph" or paragraph.marker or paragraph.lines[0].bold:
        return False
    first, last = before.lines[0].words[0].text, paragraph.lines[0].words[0].text
    numbers = [line.words[1].text for line in (before.lines[0], paragraph.lines[0]) if len(line.words) > 1]
    if len(numbers) < 2 or not all(is_value(number.rstrip(":")) for number in numbers):
        return False
    return first == last and len(before.lines) == 1 and not ends_sentence(before.lines[0].text)


def _half_points(size: float) -> float:
    return round(size * 2) / 2


def _with_title(found: Sequence[Paragraph | None]) -> list[Paragraph | None]:
    """The same, the short lines with which a document begins being its title."""
    result = list(found)
    for at, paragraph in enumerate(found[:MOST_TITLE_LINES]):
        if paragraph is None or paragraph.marker:
            break
        if paragraph.kind == "heading":
            continue
        text = " ".join(line.text for line in paragraph.lines)
        if (
            ends_sentence(text)
            or len(text) > 100
            or is_value(text.split()[-1])
            and not is_period(text.split()[-1].rstrip(")"))
        ):
            break
        style = (-_half_points(paragraph.lines[0].size), -1, 0)
        result[at] = replace(paragraph, kind="heading", style=style)
    return result


def _judge(group: Sequence[Line], following: Sequence[Line] | None, body: float) -> Paragraph:
    first = group[0]
    marker = marker_of(first.words, wide_gap=3 * first.space)
    text = " ".join(line.text for line in group)
    kind: BlockKind = "paragraph"
    style = (0.0, 0, 0)
    if _is_heading(group, text, marker, following, body):
        kind, style = "heading", _heading_style(group, text, marker)
    elif marker and marker != "decimal":
        kind = "list_item"
    elif marker and len(text) > 0:
        kind = "paragraph"
    return Paragraph(lines=tuple(group), kind=kind, marker=marker, style=style, indent=first.bbox.x0)


def _is_heading(group: Sequence[Line], text: str, marker: str, following: Sequence[Line] | None, body: float) -> bool:
    first = group[0]
    if _hashes(first) and len(group) == 1:
        return True
    words = [w.text for line in group for w in line.words][1 if marker else 0 :]
    if not words or len(words) > MAX_HEADING_WORDS + 6 or marker == "bullet" or not any(c.isalpha() for c in text):
        return False
    if first.size > LARGER * body and len(group) <= 4:
        return True
    if all(line.bold for line in group) and not all(w.bold for w in first.words) or len(words) > MAX_HEADING_WORDS:
        return False
    if ends_sentence(text) and not text.endswith((":", "?")) or starts_lower(words[0]):
        return False
    if is_value(words[-1]) and not _numbered_name(words):
        return False
    if all(line.bold for line in group):
        return True
    if is_value(words[0]) or words[0].startswith("(") or words[-1].endswith((",", "-")):
        return False
    capitals = text.isupper() and sum(c.isalpha() for c in text) > 4
    if capitals:
        return True
    if marker == "decimal" and len(words) <= 7 and _reads_as_title(words, text) and not text.endswith(":"):
        return True
    numbered = marker in ("numbered", "plain") and has_digit(first.words[0].text) and len(words) <= 6
    return (numbered or _reads_as_title(words, text)) and _followed_by_text(first, following, colon=text.endswith(":"))


def _hashes(line: Line) -> int:
    """How many hashes a line begins with (“## Timeliness”, a heading of the second rank); 0 if none, or nothing else."""
    mark = line.words[0].text
    return len(mark) if len(line.words) > 1 and len(mark) <= 6 and not mark.strip("#") else 0


def _numbered_name(words: Sequence[str]) -> bool:
    """Whether the number at the end belongs to a name: "Stage 1", "Annual Report 2015/16"."""
    last = words[-1].rstrip(":")
    return is_period(last) or len(words) > 1 and words[-2].lower() in _NUMBERED_NAMES and last.isdigit()


def _reads_as_title(words: Sequence[str], text: str) -> bool:
    """A short line that makes no statement: no comma lists, few small words, not a label with its value."""
    if (
        len(text) > 80
        or text.count(",") > 1
        or ". " in text[4:]
        or is_value(words[-1].rstrip(":"))
        and not _numbered_name(words)
    ):
        return False
    question = words[0].lower() in _QUESTION_WORDS
    return question or not any(w.lower() in ("was", "were", "has", "had", "been") for w in words)


def _followed_by_text(first: Line, following: Sequence[Line] | None, *, colon: bool) -> bool:
    """Whether running text or a table follows; after a colon a list is what was announced, so the line is no heading."""
    if following is None:
        return not colon
    if not following:
        return False
    text = " ".join(line.text for line in following)
    marker = marker_of(following[0].words, wide_gap=3 * following[0].space)
    if colon and marker:
        return False
    return bool(marker) or len(text) > 60 or ends_sentence(text) and len(text) > 12 or _stands_over(first, following[0])


def _stands_over(first: Line, line: Line) -> bool:
    """Whether a short line has a label with its value below it: "Stage 2" over "New in the quarter    1"."""
    name = [w.text for w in first.words]
    words = [w.text for w in line.words]
    valued = len(words) > 1 and words[0][0].isupper() and is_value(words[-1]) and not _numbered_name(words)
    titled = len(name) == 2 or not is_value(name[-1])
    return valued and titled and first.bbox.bottom <= line.bbox.top and abs(first.bbox.x0 - line.bbox.x0) < first.size


def _heading_style(group: Sequence[Line], text: str, marker: str) -> tuple[float, int, int]:
    """Rank of a heading: larger type first, then bold, then capitals; the depth of its number settles the rest."""
    first = group[0]
    if _hashes(first):
        return (-_half_points(first.size), 0, _hashes(first))
    depth = len([p for p in first.words[0].text.rstrip(".").split(".") if p not in ("", "0")]) if marker else 0
    weight = 0 if first.bold else 1 if text.isupper() else 2
    return (-_half_points(first.size), weight, depth)


def to_blocks(found: Sequence[Paragraph | None], known: Collection[str]) -> list[Block | None]:
    """Blocks of paragraphs, with the levels of headings and list items; None stays None."""
    styles = sorted({p.style for p in found if p is not None and p.kind == "heading"})
    ranks = {style: min(rank + 1, MAX_LEVEL) for rank, style in enumerate(styles)}
    blocks: list[Block | None] = []
    indents: list[tuple[float, str]] = []
    for paragraph in found:
        if paragraph is None:
            blocks.append(None)
            continue
        level = 0
        if paragraph.kind == "list_item":
            level = _list_level(indents, paragraph)
        elif paragraph.kind != "paragraph" or not paragraph.marker:
            indents = []
        if paragraph.kind == "heading":
            level = ranks[paragraph.style]
        blocks.append(_block(paragraph, level, known))
    return blocks


def _list_level(indents: list[tuple[float, str]], item: Paragraph) -> int:
    """Depth of a list item among the items before it; `indents` holds the open lists and is brought up to date."""
    kind = item.lines[0].words[0].text if item.marker == "bullet" else item.marker
    while indents and indents[-1][0] > item.indent + 3:
        indents.pop()
    open_kinds = [k for _, k in indents]
    if kind in open_kinds and abs(indents[-1][0] - item.indent) <= 3:
        del indents[open_kinds.index(kind) + 1 :]
    elif not indents or indents[-1][0] < item.indent - 3 or kind not in open_kinds:
        indents.append((item.indent, kind))
    return len(indents)


def _block(paragraph: Paragraph, level: int, known: Collection[str]) -> Block:
    lines = paragraph.lines
    if not paragraph.marker:
        return Block(kind=paragraph.kind, text=text_of(lines, known), level=level)
    head = text_of([_first_word(lines[0])])
    return Block(kind=paragraph.kind, text=text_of(lines, known, skip=1), level=level, marker=head)


def _first_word(line: Line) -> Line:
    return line_of(line.page, line.words[:1])
