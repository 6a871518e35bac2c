"""Words that Tesseract breaks in ways that are its own, put right; what it read is kept beside (`Word.raw`).

Only slips of shape that no text has. What a number may be that was misread is left to the second reader and to the arithmetic.
"""

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from extractors.reading.ocr.tesseract import Token
from schemas.pages import BBox, Word

_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("ﬃ"), "ffi"),
    (re.compile("ﬄ"), "ffl"),
    (re.compile("ﬀ"), "ff"),
    (re.compile("ﬁ"), "fi"),
    (re.compile("ﬂ"), "fl"),
    # "not applicable", whose stroke was read as a letter
    (re.compile(r"^([Nn])[lI|1](?=[Aa]$)"), r"\g<1>/"),
    # the quarters of a year
    (re.compile(r"^([(“‘]?Q)[lIi|!](?=\W*$)"), r"\g<1>1"),
    # the halves of a year
    (re.compile(r"^([(“‘]?H)[lIi|!](?=\W*$)"), r"\g<1>1"),
    # the first and the eleventh of a month
    (re.compile(r"^([(“‘]?)[il|!I]st(?=[.,;:)]*$)"), r"\g<1>1st"),
    # a stage whose number was read as a stroke, or that lost a letter
    (re.compile(r"^([Ss]tage)[lI|!\]]$"), r"\g<1>1"),
    (re.compile(r"^S(?=age[1-3]$)"), "St"),
    # a percent sign that heads a column
    (re.compile(r"^[(]?(?:Yo|%o|Y%o|°/o|o/o|O/o|0/0)[)]?$"), "%"),
    # the line above or below a cell
    (re.compile(r"^[_·]+(?=[^\W_])|(?<=[^\W_])[_·]+$"), ""),
    # the line behind a cell
    (re.compile(r"(?<=[^\W\d_]{3})\|+$"), ""),
    # the edge of a bar beside its label
    (re.compile(r"^[|\[\]]+(?=\d[\d.,]*%?$)"), ""),
    (re.compile(r"^[‘’'«]+(?=\d[\d.,]*%$)"), ""),
    # a percent sign whose rings were read as letters
    (re.compile(r"(?<=\d)(?:%o|°/o|°/0|°%|%0)(?=[).,;:]*$)"), "%"),
    # one in brackets of which little is left
    (re.compile(r"(?<=\d)[\"”“°]{1,2}[.,]?(?=\)$)|(?<=^\()[\"”“°]{1,2}[.,]?(?=\)$)"), "%"),
)


@lru_cache(maxsize=4096)
def mended(text: str) -> str:
    """The word as it must have been printed."""
    for slip, right in _SLIPS:
        text = slip.sub(right, text)
    return _STROKE_READ.sub(lambda m: f"{m[1]}/{m[2]}" if _can_be_years(f"{m[1]}/{m[2]}") else m[0], text)


# The stroke between two years that was read as a digit or a letter: "2007108".
_STROKE_READ = re.compile(r"^((?:19|20)\d\d)[1lI|!]((?:19|20)?\d\d)$")


_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
# Words read with less confidence than this may be anything; so many of the quarters of a row.
_UNSURE, _FEW_UNSURE = 0.6, 2
_STROKES = re.compile(r"[|!I\[\]_.,'‘’-]+")


# What a bullet is read as, and the edge of a table beside its cells, where they begin a line.
_BULLETS = frozenset("@+¢«»©®°¤")
_EDGES = frozenset(("|", "||", "|]", "[|"))
# A ring that is lower than this share of the digits and capitals beside it, and not as near to them as words are (in their height),
# is a bullet; a nought is as high, or stands near (in type with hanging figures).
_RINGS, _LOWER, _SET_OFF = frozenset("0Oo"), 0.8, 0.6


def without_edges(line: Sequence[Token]) -> list[Token]:
    """The words of a line, what a bullet at its beginning was read as made one, and without the edge of a table beside it.

    A line with several strokes is drawn with them, and keeps them.
    """
    if len(line) < 2 or sum("|" in token.text for token in line) > 1:
        return list(line)
    first, *rest = line
    if first.text in _EDGES:
        return rest
    high = max(
        (token.bbox.height for token in rest if any(c.isdigit() or c.isupper() for c in token.text)), default=0.0
    )
    ring = first.text in _RINGS and first.bbox.height < _LOWER * high
    ring = ring and rest[0].bbox.x0 - first.bbox.x1 > _SET_OFF * high
    if (ring or first.text in _BULLETS) and rest[0].text[0].isalnum():
        return [first._replace(text="•", raw=first.raw or first.text), *rest]
    return list(line)


def without_marks(line: Sequence[Token]) -> list[Token]:
    """The words of a short line, as in a cell of a table, without the mark before the first that a speck was read as: a quote never closed.

    A sign that nothing stands beside is that of percentages.
    """
    if len(line) == 1 and line[0].text in _PERCENT:
        return [line[0]._replace(text="%", raw=line[0].raw or line[0].text)]
    bare = line[0].text.lstrip(_OPENING)
    if not bare and 1 < len(line) <= _FEW_WORDS and not any(c in _QUOTES for token in line[1:] for c in token.text):
        return list(line[1:])
    short = len(line) <= _FEW_WORDS and bare != line[0].text and bare[:1].isalnum()
    if not short or any(c in _QUOTES for c in bare) or any(c in _QUOTES for token in line[1:] for c in token.text):
        return list(line)
    return [line[0]._replace(text=bare, raw=line[0].raw or line[0].text), *line[1:]]


# What opens a quotation, all quotes, and the most words of a line that quotes nothing.
_OPENING, _QUOTES, _FEW_WORDS = "‘“'\"", "‘’“”'\"", 4
# What a percent sign is read as that stands alone, as at the head of a column.
_PERCENT = frozenset("&©®")
_STAGES = frozenset(("1", "2", "3", "one", "two", "three"))
_ONES = frozenset("|Iil!]1")
_RUN_ON = re.compile(r"[|IilL!\]1](complaints?|investigations?|responses?)")
_MONTHS = frozenset(name.lower() for name in calendar.month_name[1:])


def with_ones(line: Sequence[Token]) -> list[Token]:
    """The words of a line with a stroke that must be a one as that: "Stage |", "| April 2008"; and a stage that lost a letter."""
    made = list(line)
    for n, token in enumerate(line):
        if token.text == "Sage" and n + 1 < len(line) and line[n + 1].text.lower() in _STAGES:
            made[n] = token._replace(text="Stage", raw=token.raw or token.text)
        bare = token.text.rstrip(".,;:)")
        if bare not in _ONES or bare == "1":
            continue
        before = line[n - 1].text.lower() if n else ""
        after = line[n + 1].text.lower().strip(".,;:") if n + 1 < len(line) else ""
        if before in ("stage", "stages", "quarter") or after in _MONTHS:
            made[n] = token._replace(text=f"1{token.text[len(bare) :]}", raw=token.raw or token.text)
    return [part for n, token in enumerate(made) for part in _with_its_one(token, made[n - 1].text if n else "")]


def _with_its_one(token: Token, before: str) -> tuple[Token, ...]:
    """A word of which a one is the beginning, as two: "Lcomplaints" behind "Stage"."""
    found = _RUN_ON.fullmatch(token.text) if before.lower() == "stage" else None
    if found is None:
        return (token,)
    edge = token.bbox.x0 + token.bbox.width / len(token.text)
    one = token._replace(text="1", bbox=replace(token.bbox, x1=edge), raw=token.raw or token.text)
    return one, token._replace(text=found[1], bbox=replace(token.bbox, x0=edge), raw=token.raw or token.text)


_QUARTER_LIKE = re.compile(r"([QqO0])([1-4lIi|!]?)")


_TWO_QUARTERS = re.compile(r"[QO0G]([1-3])[QO0G]([2-4])")


def with_parted_quarters(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, two quarters between which no space was read ("Q2 0304") as two words, where another stands beside them."""
    made: list[Word] = []
    for word in words:
        found = _TWO_QUARTERS.fullmatch(word.text)
        beside = found and [w for w in words if w.text in _QUARTERS and w.bbox.top < word.bbox.middle < w.bbox.bottom]
        if not found or not beside or int(found[2]) != int(found[1]) + 1:
            made.append(word)
            continue
        width, raw = beside[0].bbox.width, word.raw or word.text
        boxes = (replace(word.bbox, x1=word.bbox.x0 + width), replace(word.bbox, x0=word.bbox.x1 - width))
        made += [
            replace(word, text=f"Q{number}", bbox=box, raw=raw, readings=())
            for number, box in zip(found.groups(), boxes, strict=True)
        ]
    return tuple(made)


def with_quarters(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with the quarters of a row put right where it has two of them in their places ("Q1 Q2 b3 O4"), or the first and no others."""
    made = list(words)
    print_of = [n for n, word in enumerate(words) if not (_STROKES.fullmatch(word.text) and len(word.text) < 3)]
    for row in rows_of([n for n in print_of if len(words[n].text) <= 3], words):
        for start in range(len(row) - 3):
            four = row[start : start + 4]
            right = [words[n].text == quarter for n, quarter in zip(four, _QUARTERS, strict=True)]
            of_quarters = _are_like_quarters([words[n] for n in four])
            own = [words[n] for n in four]
            of_columns = any(right) and _are_columns(own)
            if of_quarters or of_columns or 1 < sum(right) < 4 or (right[0] and _are_unsure(own[1:])):
                for n, quarter in zip(four, _QUARTERS, strict=True):
                    lost = len(words[n].text) == 1 and sum(right) == len(four) - 1 and _are_even(own)
                    lost = lost or words[n].text == f"0{quarter[1]}"
                    if words[n].text != quarter and (of_quarters or lost or not words[n].text.isdigit()):
                        made[n] = replace(words[n], text=quarter, readings=(), raw=words[n].raw or words[n].text)
    return tuple(made)


def _are_like_quarters(words: Sequence[Word]) -> bool:
    """Whether four words are the quarters with some of their digits lost ("Q Q 03 Q"), and none speaks against it.

    All their letters may be misread, if the digits are there and some of the words were hardly read ("01 02 03 04").
    """
    found = [_QUARTER_LIKE.fullmatch(word.text) for word in words]
    if not all(found):
        return False
    digits = [m[2].translate(_AS_ONE) for m in found if m]
    if sum(m[1] in "Qq" for m in found if m) < len(_QUARTERS) - 1:
        unsure = sum((word.confidence or 1.0) < _UNSURE for word in words)
        return "".join(digits) == "1234" and unsure >= _FEW_UNSURE
    return all(digit in ("", quarter[1]) for digit, quarter in zip(digits, _QUARTERS, strict=True))


def _are_columns(words: Sequence[Word]) -> bool:
    """Whether four words that are like a Q stand as far from each other as columns do, all equally far: heads of quarters."""
    return _are_even(words) and all(word.text[0] in _LIKE_Q for word in words)


def _are_even(words: Sequence[Word]) -> bool:
    """Whether words stand as far from each other as columns do, all equally far."""
    steps = [after.bbox.x0 + after.bbox.x1 - before.bbox.x0 - before.bbox.x1 for before, after in pairwise(words)]
    apart = 2 * _COLUMN * max(word.bbox.height for word in words)
    return min(steps) > max(apart, _EVEN * max(steps))


# Heights of a word from the middle of a column to that of the next, at least, and the share of the widest step that all of them are.
_COLUMN, _EVEN = 2.0, 0.85
_LIKE_Q = frozenset("Qq@OG&©")
_AS_ONE = str.maketrans(dict.fromkeys("lIi|!", "1"))


def _are_unsure(words: Sequence[Word]) -> bool:
    """Whether words were hardly read, and are no numbers."""
    return all((word.confidence or 1.0) < _UNSURE and not any(c.isdigit() for c in word.text) for word in words)


def rows_of(numbers: Sequence[int], words: Sequence[Word]) -> list[list[int]]:
    """Words that stand at one height, from left to right."""
    rows: list[list[int]] = []
    for n in sorted(numbers, key=lambda n: words[n].bbox.middle):
        box = words[n].bbox
        if rows and abs(words[rows[-1][0]].bbox.middle - box.middle) < box.height / 2:
            rows[-1].append(n)
        else:
            rows.append([n])
    return [sorted(row, key=lambda n: words[n].bbox.x0) for row in rows]


_YEARS = re.compile(r"(\W*)((?:\d{4})(?:[/–-](?:\d{2}|\d{4}))?)(\W*(?:to)?\W*)")
_TWO_YEARS = re.compile(r"\d{4}[/–-]\d{2}")
_CENTURIES = ("19", "20")
# In a row of years: how many tell how it goes on, how like the year that is due a misread one is (0-100), and its least length.
_TO_TELL, _LIKE_A_YEAR, _LEAST_OF_YEAR = 2, 60, 3
# A word read with less confidence may be any word.
_LOST = 0.2
# Heights of a word: a stroke that was not read leaves no wider gap, and words beside a year stand so near.
_STROKE = 1.0
# A year is put right by another that the page has at least so often.
_OFTEN = 2


def with_years(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with years that cannot be ("2026-21", "2621") as the one year of the page that differs in one digit."""
    parts = {n: m for n, word in enumerate(words) if (m := _YEARS.fullmatch(word.text))}
    good = Counter(m[2] for m in parts.values() if _can_be_years(m[2]))
    made = list(words)
    for n, m in parts.items():
        if _can_be_years(m[2]) or ("/" not in m[2] and "-" not in m[2] and "–" not in m[2] and m[2][0] != "2"):
            continue
        near = [year for year, times in good.items() if times >= _OFTEN and _one_digit_apart(year, m[2])]
        if len(near) == 1:
            text = f"{m[1]}{near[0]}{m[3]}"
            made[n] = replace(words[n], text=text, raw=words[n].raw or words[n].text)
    return tuple(made)


def with_joined_years(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with a year that fell apart where its stroke was not read ("2020 21") as one, written as others of the page are.

    Only where nothing else stands beside it, as in the head of a table: in a sentence it may be a year and a number.
    """
    marks = Counter(
        m[2][4] for w in words if (m := _YEARS.fullmatch(w.text)) and len(m[2]) == 7 and _can_be_years(m[2])
    )
    made: dict[int, Word] = dict(enumerate(words))
    for row in rows_of(range(len(words)), words) if marks else ():
        reach = [words[n].bbox.height for n in row]
        gaps = [words[after].bbox.x0 - words[n].bbox.x1 for n, after in pairwise(row)]
        near = [False, *(gap < _STROKE * height for gap, height in zip(gaps, reach, strict=False)), False]
        for at, (n, after) in enumerate(pairwise(row)):
            text = f"{words[n].text}{marks.most_common(1)[0][0]}{words[after].text}"
            alone = near[at + 1] and not near[at] and not near[at + 2]
            if alone and _TWO_YEARS.fullmatch(text) and _can_be_years(text):
                raw, box = f"{words[n].text} {words[after].text}", BBox.around((words[n].bbox, words[after].bbox))
                made[n] = replace(words[n], text=text, bbox=box, raw=raw)
                del made[after]
    return tuple(made.values())


def with_sequences(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with a year that was misread in a row of years that follow each other ("2010-2011 011-2012 2012-2013") put right.

    Between two of them a word that was hardly read at all is the year that is due.
    """
    made = list(words)
    lost = {n for n, w in enumerate(words) if (w.confidence or 0.0) < _LOST and w.confidence is not None}
    years = [
        n
        for n, word in enumerate(words)
        if len(word.text) >= _LEAST_OF_YEAR and (n in lost or any(c.isdigit() for c in word.text))
    ]
    for row in rows_of(years, words):
        texts = [m[2] if (m := _YEARS.fullmatch(words[n].text)) and _can_be_years(m[2]) else "" for n in row]
        # among years of two parts one that has lost its second
        texts = ["" if len(text) == 4 and sum(len(t) > 4 for t in texts) >= _TO_TELL else text for text in texts]
        starts = [int(text[:4]) - place if text else None for place, text in enumerate(texts)]
        backward = [int(text[:4]) + place if text else None for place, text in enumerate(texts)]
        for firsts, step in ((starts, 1), (backward, -1)):
            known = {first for first in firsts if first is not None}
            if len(known) != 1 or firsts.count(None) > sum(first is not None for first in firsts) - _TO_TELL + 1:
                continue
            pattern = next(text for text in texts if text)
            for place, n in enumerate(row):
                expected = _year_like(pattern, next(iter(known)) + step * place)
                between = any(texts[:place]) and any(texts[place:])
                if not texts[place] and (n in lost and between or ratio(words[n].text, expected) >= _LIKE_A_YEAR):
                    made[n] = replace(words[n], text=expected, raw=words[n].raw or words[n].text)
    return tuple(made)


def _year_like(pattern: str, year: int) -> str:
    """A year written as another is: 2011 like "2015" is "2011", like "2015/16" is "2011/12"."""
    if len(pattern) == 4:
        return str(year)
    following = str(year + 1)
    return f"{year}{pattern[4]}{following[-2:] if len(pattern) == 7 else following}"


def _can_be_years(text: str) -> bool:
    """Whether a year, or two that follow each other."""
    first, *rest = re.split("[/–-]", text)
    if first[:2] not in _CENTURIES:
        return False
    return not rest or int(rest[0][-2:]) == (int(first) + 1) % 100


def _one_digit_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
