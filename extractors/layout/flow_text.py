"""Text of several lines as one, with hyphens at line ends mended, each character still tied to its printed word."""

from collections.abc import Collection, Sequence

from extractors.layout.lines import Line
from schemas.pages import MappedText, PlacedWord, Word

# what is written with a hyphen also where no line ends: number words and common prefixes
_HYPHENATED = frozenset(
    [
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "co",
        "non",
        "self",
        "well",
        "pre",
        "re",
        "multi",
        "anti",
        "inter",
        "ex",
        "semi",
        "half",
        "part",
        "full",
        "long",
        "short",
        "out",
        "off",
        "cross",
        "mid",
    ]
)
_HYPHENS = "-‐­"


def text_of(lines: Sequence[Line], known: Collection[str] = frozenset(), skip: int = 0) -> MappedText:
    """One text of `lines`, leaving out the first `skip` words.

    `known` holds the lower-case words of the document: they tell whether a word cut at a line end has a hyphen.
    """
    words = [(line.page, word, at == len(line.words) - 1) for line in lines for at, word in enumerate(line.words)]
    return join_words(words[skip:], known)


def join_words(words: Sequence[tuple[int, Word, bool]], known: Collection[str] = frozenset()) -> MappedText:
    """One text of (page, word, whether it ends a line)."""
    parts: list[str] = []
    placed: list[PlacedWord] = []
    at = 0
    for number, (page, word, line_end) in enumerate(words):
        text, separator = word.text, " "
        if line_end and number + 1 < len(words) and _is_cut(text):
            separator = ""
            if _hyphen_is_break(text, words[number + 1][1].text, known):
                text = text[:-1]
        placed.append(PlacedWord(start=at, end=at + len(text), page=page, word=word))
        if number + 1 < len(words):
            text += separator
        parts.append(text)
        at += len(text)
    return MappedText("".join(parts), tuple(placed))


def _is_cut(text: str) -> bool:
    return len(text) > 1 and text[-1] in _HYPHENS and text[-2].isalnum()


def _hyphen_is_break(text: str, following: str, known: Collection[str]) -> bool:
    """Whether the hyphen only marks the break: "com-" "plaint", not "Stage-" "2" nor "well-" "known"."""
    head, tail = text[:-1].lower(), following.lower().rstrip(".,;:!?)'\"’”")
    if not following[:1].islower() or not head[-1:].isalpha():
        return False
    if head + tail in known and head not in _HYPHENATED:
        return True
    if f"{head}-{tail}" in known or "-" in head or head in _HYPHENATED:
        return False
    return not (head in known and tail in known)
