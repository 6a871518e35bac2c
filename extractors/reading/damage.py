"""Words of a text that an earlier scan left damaged, put right by the dictionary; what was printed is kept beside (`Word.raw`).

Only texts with several marks of scanning are touched, and in them only what is no English word and becomes one when letters that look
alike change places ("Nurnbers", "CHlLDREN"), or when a gap within it closes ("corn plex"). Numbers are left to the arithmetic.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from itertools import islice

from symspellpy import SymSpell

from schemas.pages import BBox, Page, Word

_LOOK_ALIKES = (
    ("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("l", "i"), ("i", "l"), ("1", "l"), ("1", "i"), ("|", "l"), ("|", "i"),
    ("!", "l"), ("0", "o"), ("5", "s"), ("8", "b"), ("6", "b"), ("9", "g"),
)  # fmt: skip
MOST_SLIPS = 3  # letters put right in one word
MOST_CANDIDATES = 400
LEAST_LETTERS = 4
NARROW = 0.65  # em between the parts of one word
RARER = 20  # times by which a part must be rarer than the whole
ENOUGH = 3  # marks that make a text damaged

_MIXED = re.compile(r"\b(?:\d+[OlISB]\d*|[OlISB]\d+|\d*[OlIS]/?\d{2,}|[lI]\.\d)\b")
_BROKEN = re.compile(r"\b(?:\w*rn(?:plaint|pliment|ber|ent)\w*|tirne|frorn|tearn)\b")
_PARAGRAPH = re.compile(r"(?m)^[ \t]*[A-Z]\d{1,2}[. \t]")
_EDGES = re.compile(r"^(\W*)(.*?)((?:['’][sS]?)?\W*)$", re.DOTALL)


def looks_damaged(text: str) -> bool:
    """Whether scanning left its marks on a text: digits within words and letters within numbers, or "rn" for "m"."""
    sample = _PARAGRAPH.sub("", text[:20000])  # without the numbers of paragraphs: "B1."
    return len(_MIXED.findall(sample)) + len(_BROKEN.findall(sample)) >= ENOUGH


def is_mended(pages: Sequence[Page]) -> bool:
    """Whether words of a text layer were put right, which says that its numbers may be damaged too.

    Words of pictures on the page, which OCR read (they have a confidence), say nothing of the text layer.
    """
    layers = (word for page in pages if page.source == "text" for word in page.words if word.confidence is None)
    return any(word.raw for word in layers)


def with_words_mended(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, with the damaged words of their text layers put right if the text as a whole looks damaged."""
    text = "\n".join(" ".join(w.text for w in page.words) for page in pages if page.source == "text")
    if not looks_damaged(text):
        return tuple(pages)
    return tuple(replace(page, words=tuple(_mended(page.words))) if page.source == "text" else page for page in pages)


def _mended(words: Sequence[Word]) -> Iterator[Word]:
    known = dictionary()
    held: Word | None = None
    for word in words:
        if held is not None:
            joined = _joined(held, word, known)
            if joined is not None:
                held = joined
                continue
            yield _put_right(held, known)
        held = word
    if held is not None:
        yield _put_right(held, known)


def _put_right(word: Word, known: Mapping[str, int]) -> Word:
    text = put_right(word.text, known)
    return word if text == word.text else replace(word, text=text, raw=word.raw or word.text)


def word_parts(text: str) -> tuple[str, str, str]:
    """What stands before a word, the word, and what stands behind it: marks, and an apostrophe with its s."""
    match = _EDGES.match(text)
    assert match is not None
    before, core, after = match.groups()
    return before, core, after


def put_right(text: str, known: Mapping[str, int]) -> str:
    """A word as it must have been printed; the same where it is a word, no number of letters, or nothing it might be is one."""
    before, core, after = word_parts(text)
    if sum(c.isalpha() for c in core) < max(LEAST_LETTERS - 1, len(core) / 2) or len(core) < LEAST_LETTERS:
        return text
    lower = core.lower()
    if lower in known or not re.fullmatch(r"[a-z|!015689]+", lower):
        return text
    best = max((c for c in _readings(lower) if c in known), key=lambda c: known[c], default=None)
    return text if best is None else before + in_case_of(best, core) + after


def _readings(word: str) -> Iterator[str]:
    """What a word may be when letters that look alike change places, fewest changes first."""
    ring = {word}
    seen = {word}
    for _ in range(MOST_SLIPS):
        ring = set(
            islice((other for one in sorted(ring) for other in _changed(one) if other not in seen), MOST_CANDIDATES)
        )
        seen |= ring
        yield from ring


def _changed(word: str) -> Iterator[str]:
    for wrong, right in _LOOK_ALIKES:
        start = word.find(wrong)
        while start >= 0:
            yield word[:start] + right + word[start + len(wrong) :]
            start = word.find(wrong, start + 1)


def in_case_of(word: str, model: str) -> str:
    """A word in capitals where most letters of its model are, and with a capital where it begins with one."""
    clear = [c for c in model if c.isalpha() and c not in "lI"]
    if len(clear) > 1 and all(c.isupper() for c in clear):
        return word.upper()
    begins = model[0].isupper() and (model[0] != "I" or word[0] == "i") or model[0] in "l|!1" and word[0] == "i"
    return word.capitalize() if begins else word


def _joined(word: Word, other: Word, known: Mapping[str, int]) -> Word | None:
    """Two words as one if they are parts of one: side by side, the whole a common word, one of the parts hardly any."""
    gap = other.bbox.x0 - word.bbox.x1
    if not (0 <= gap < NARROW * word.size and abs(word.bbox.bottom - other.bbox.bottom) < 0.2 * word.size):
        return None
    first, second = word.text, _EDGES.sub(r"\2", other.text)
    if not (first.isalpha() and second.isalpha() and second.islower() and len(first) > 1 and len(second) > 1):
        return None
    rarest = min(known.get(first.lower(), 0), known.get(second, 0))
    whole = put_right(first + second, known)
    if known.get(whole.lower(), 0) <= RARER * rarest:
        return None
    text = whole + other.text[other.text.index(second) + len(second) :]
    box = BBox.around((word.bbox, other.bbox))
    return replace(word, text=text, bbox=box, raw=f"{word.raw or word.text} {other.raw or other.text}")


@cache
def dictionary() -> Mapping[str, int]:
    """English words in lower case, British and American, with how often they occur: the frequency dictionary of SymSpell."""
    symspell = SymSpell(max_dictionary_edit_distance=0)
    with as_file(files("symspellpy") / "frequency_dictionary_en_82_765.txt") as path:
        symspell.load_dictionary(path, 0, 1, encoding="utf-8-sig")
    words: dict[str, int] = symspell.words
    return words
