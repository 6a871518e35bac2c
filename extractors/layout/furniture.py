"""Running heads, feet and page numbers: what stands at the same place on many pages and says the same but for its digits."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import ratio

from extractors.layout.lines import Row
from schemas.pages import Page

MARGIN = 0.13  # share of the page height in which running heads and feet stand
SAME_PLACE = 4.0  # points
KEPT = 3  # pages with the same characters at the same place
MORE_PAGES = 2  # pages that a report may count beyond those of the file
APART = 2.0  # heights of its own by which the number of a page stands away from the text

_NUMBERED_PAGE = re.compile(r"(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$", re.I)
# The heading of a list of contents, an entry of it whose dots are not there or were not read, and the fewest that tell it.
CONTENTS = frozenset({"contents", "table of contents", "index"})
_BARE_ENTRY = re.compile(r".*[A-Za-z].*[\s.](\d{1,3})$")
FEWEST_ENTRIES = 3
# Running heads of scans that are so alike (0-100) are one that was misread, if they are long enough to tell.
ALIKE, LONG = 75, 12
_ENTRY = re.compile(r".*[A-Za-z].*?\s?[.…·]{5,}[.…·\s]*(\d{1,3})$")
_DIGITS = re.compile(r"\d+")

Hit = tuple[int, int, float]  # the place of a page in the document, the number of a row on it, and its middle in points


def furniture_rows(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> list[set[int]]:
    """For each page the numbers of its rows that are furniture; `rows` holds the rows of each page."""
    places: dict[str, list[Hit]] = defaultdict(list)
    found: list[set[int]] = [set() for _ in pages]
    for at, (page, own) in enumerate(zip(pages, rows, strict=True)):
        for number, row in enumerate(own):
            text = " ".join(part.text for part in row)
            if _NUMBERED_PAGE.match(text) or (text == str(page.number) and _is_apart(page, own, number)):
                found[at].add(number)
            elif _in_margin(page, row):
                places[_DIGITS.sub("#", text)].append((at, number, row[0].bbox.middle))
    if any(page.source == "ocr" for page in pages):
        places = _with_misread(places)
    for pattern, hits in places.items():
        for at, number, middle in hits:
            same = [(a, n) for a, n, m in hits if abs(m - middle) < SAME_PLACE]
            if _repeats(pattern, same, pages, rows):
                found[at].add(number)
    return found


def _with_misread(places: Mapping[str, list[Hit]]) -> dict[str, list[Hit]]:
    """What stands where, long texts that are nearly the same as one: the commonest of them."""
    made: dict[str, list[Hit]] = {}
    for pattern, hits in sorted(places.items(), key=lambda item: -len(item[1])):
        long = (known for known in made if min(len(known), len(pattern)) >= LONG)
        alike = next((known for known in long if ratio(known, pattern) >= ALIKE), pattern)
        made.setdefault(alike, []).extend(hits)
    return made


def contents_rows(rows: Sequence[Row], pages: int) -> set[int]:
    """Numbers of the rows of one page that are entries of its contents: dots that lead to page numbers, which never fall.

    Under the heading of contents the dots may be missing, and be all that is left of some entries.
    """
    texts = [" ".join(part.text for part in row) for row in rows]
    found = {number: int(m[1]) for number, text in enumerate(texts) if (m := _ENTRY.match(text))}
    if _rises(found, pages):
        return set(found)
    heading = next((n for n, text in enumerate(texts) if text.lower().strip(":") in CONTENTS), None)
    if heading is None:
        return set()
    below: dict[int, int] = {}
    for number in range(heading + 1, len(texts)):
        m = _BARE_ENTRY.match(texts[number])
        if m is not None and below and int(m[1]) < max(below.values()):
            break  # the number of this page
        below |= {number: int(m[1])} if m is not None else {}
    if len(below) < FEWEST_ENTRIES or not _rises(below, pages) or 2 * len(below) < max(below) - heading:
        return set()
    return set(range(heading + 1, max(below) + 1))


def _rises(found: Mapping[int, int], pages: int) -> bool:
    leads = list(found.values())
    return len(leads) > 1 and leads == sorted(leads) and leads[0] < leads[-1] <= pages + MORE_PAGES


def _is_apart(page: Page, rows: Sequence[Row], number: int) -> bool:
    """Whether a row is the first or the last of its page, in the margin, and stands well away from all others.

    So the number of a page is known where no other page has one to compare: most minutes are a page long.
    """
    row = rows[number]
    others = [part.bbox for at, other in enumerate(rows) if at != number for part in other]
    if len(row) != 1 or not others or not _in_margin(page, row):
        return False
    own = row[0].bbox
    gap = APART * (own.bottom - own.top)
    return own.top - max(b.bottom for b in others) >= gap or min(b.top for b in others) - own.bottom >= gap


def _in_margin(page: Page, row: Row) -> bool:
    return row[0].bbox.bottom < MARGIN * page.height or row[0].bbox.top > (1 - MARGIN) * page.height


def _repeats(
    pattern: str, hits: Sequence[tuple[int, int]], pages: Sequence[Page], rows: Sequence[Sequence[Row]]
) -> bool:
    """Whether a pattern stands on enough pages at one place; a bare number must count with them, or never change."""
    on_pages = {at for at, _ in hits}
    if len(on_pages) >= KEPT and len({" ".join(p.text for p in rows[at][number]) for at, number in hits}) == 1:
        return True  # “… Annual Report 2009-” and under it “10”: the end of a running head that needs two lines
    if pattern.strip("-–. ") == "#":
        steps = [_bare_number(rows[at][number]) - pages[at].number for at, number in hits]
        same = max((steps.count(step) for step in set(steps)), default=0)
        return same >= 2 and 2 * same > len(steps)
    if any(c.isalpha() for c in pattern):
        return len(on_pages) >= 3 or len(on_pages) >= 2 and 2 * len(on_pages) >= len(pages)
    return False


def _bare_number(row: Row) -> int:
    return int("".join(c for c in row[0].text if c.isdecimal())[:6] or "0")
