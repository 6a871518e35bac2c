"""Whether the text layer of a page can be used, and why.

Facts are counted first (`gather`), then one function chooses (`judge_text_layer`). Text layers go wrong in few ways:
there is none (a scan, or letters drawn as outlines); its letters mean nothing (fonts without a Unicode map); it was made
by poor OCR and lies unseen under the page image; it lost its spaces. No dictionary: letters, shapes of words and a short
list of the commonest words are enough to tell English (or Welsh) from noise.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from schemas.pages import Word

WORDS = Path(__file__).with_name("common_words.yaml")

# Shares above which a text layer is not used.
UNREADABLE_CHARACTERS = 0.10
UNKNOWN_WORDS = 0.30
UNKNOWN_WORDS_UNDER_IMAGE = 0.15
RUN_TOGETHER = 0.15
# An image over this share of a page is the page.
FULL_IMAGE = 0.5
# So few words over a full image are a stamp or a page number.
STAMP = 12
# Fewer words than this are too few to judge by shares.
ENOUGH = 12
# Below this share of common words, the letters are looked at: tables of names have 10% common words, noise up to 4%.
COMMON_WORDS = 0.05
# The thirteen usual letters make 71% or more of any English page; of a page with shuffled letters, 40-65%.
USUAL_LETTERS = 0.68
ENOUGH_LETTERS = 100
_USUAL = frozenset("etaoinsrhldcu")
# Longer runs of letters hardly occur in English.
LONGEST_WORD = 22
# More drawn shapes than this on a page without words may be its letters.
OUTLINES = 150

_CID = re.compile(r"\(cid:\d+\)")
_LETTERS = re.compile(r"[^\W\d_]+")
_EDGES = "\"'‘’“”()[]{}<>.,;:!?…•·*–—-/|"
_VOWEL = re.compile(r"[aeiouyáéíóúàèìòùâêîôûŵŷäëïöüw]", re.IGNORECASE)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvxz]{6,}", re.IGNORECASE)
_MIXED_CASE = re.compile(r"[a-z][A-Z]+[a-z]*[A-Z]|[a-z]{2,}[A-Z]{2,}[a-z]")
_MOJIBAKE = re.compile(r"[ÂÃ][\u0080-\u00bf]|â€")
_NUMBER_LIKE = re.compile(r"[£$€(+\-–−<>~#]*\d[\d.,:;/\-–()%]*[%)a-zA-Z]{0,3}\*?")
_SYMBOL_INSIDE = re.compile(r"[^\W\d_][\"#$%&*+<=>@\[\\\]^{|}~!?;]+[^\W\d_]")


class Verdict(NamedTuple):
    """Whether the text layer of a page is used, and the reason in a sentence."""

    usable: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFacts:
    """What can be counted about a text layer. Counts are of characters or of words, as named."""

    words: int
    characters: int
    unreadable_characters: int
    invisible_characters: int
    worded: int  # words with letters in them
    unknown: int  # … whose shape no English word has
    common: int  # … that are among the commonest
    run_together: int  # … longer than words are
    letters: int  # a to z
    usual_letters: int  # … that are among the thirteen usual ones
    image_cover: float  # share of the page under its largest image, 0 to 1
    drawings: int  # shapes drawn on the page


def gather(words: Sequence[Word], *, invisible: int, image_cover: float, drawings: int) -> TextFacts:
    """Count what `judge_text_layer` wants to know about a page."""
    worded = unknown = common = run_together = characters = unreadable = plain = usual = 0
    known = common_words()
    for word in words:
        characters += len(word.text)
        # a lone private character is a bullet or an icon
        lost = _unreadable(word.text) if len(word.text) > 1 or word.text == "\ufffd" else 0
        unreadable += lost
        letters = _LETTERS.findall(word.text)
        if not letters and not lost:
            continue
        worded += 1
        lower = word.text.lower()
        common += lower.strip(_EDGES) in known
        plain += sum("a" <= c <= "z" for c in lower)
        usual += sum(c in _USUAL for c in lower)
        run_together += any(len(run) > LONGEST_WORD for run in letters)
        unknown += bool(lost) or is_unknown(word.text)
    return TextFacts(
        words=len(words),
        characters=characters,
        unreadable_characters=unreadable,
        invisible_characters=invisible,
        worded=worded,
        unknown=unknown,
        common=common,
        run_together=run_together,
        letters=plain,
        usual_letters=usual,
        image_cover=image_cover,
        drawings=drawings,
    )


def judge_text_layer(facts: TextFacts) -> Verdict:
    """Whether to use the text layer of a page, and why."""
    if not facts.words:
        return _without_words(facts)
    if _share(facts.unreadable_characters, facts.characters) > UNREADABLE_CHARACTERS:
        lost = _percent(facts.unreadable_characters, facts.characters)
        return Verdict(False, f"text layer is unreadable: {lost} of its characters have no meaning")
    under_image = facts.image_cover >= FULL_IMAGE
    if under_image and facts.words <= STAMP:
        return Verdict(False, f"the page is an image; its text layer has only {_count(facts.words, 'word')}")
    enough = facts.worded >= ENOUGH or facts.letters >= ENOUGH_LETTERS
    unknown = _percent(facts.unknown, facts.worded)
    if enough and _share(facts.run_together, facts.worded) > RUN_TOGETHER:
        return Verdict(
            False, f"text layer lost its spaces: {_percent(facts.run_together, facts.worded)} words run together"
        )
    if enough and _share(facts.unknown, facts.worded) > UNKNOWN_WORDS:
        return Verdict(False, f"text layer is unreadable: {unknown} unknown words")
    if enough and _shuffled(facts):
        usual = _percent(facts.usual_letters, facts.letters)
        return Verdict(False, f"text layer is unreadable: usual letters are only {usual}, and hardly a word is common")
    if lies_unseen(facts):
        if _share(facts.unknown, facts.worded) > UNKNOWN_WORDS_UNDER_IMAGE:
            return Verdict(False, f"unseen text under the page image is poor OCR: {unknown} unknown words")
        return Verdict(True, f"unseen text under the page image, probably OCR, is readable: {unknown} unknown words")
    return Verdict(True, f"text layer is readable: {unknown} unknown words")


def lies_unseen(facts: TextFacts) -> bool:
    """Whether most of the text is invisible under an image of the page, as an earlier OCR leaves it."""
    return facts.image_cover >= FULL_IMAGE and 2 * facts.invisible_characters > facts.characters


def is_unknown(text: str) -> bool:
    """Whether a word with letters has a shape that English words do not have ("&RPSODLQWV", "qxhvwlrqv", "tHe3r")."""
    if _MOJIBAKE.search(text) or _SYMBOL_INSIDE.search(text):
        return "@" not in text and "://" not in text and "?" not in text
    if _NUMBER_LIKE.fullmatch(text):
        return False
    runs = _LETTERS.findall(text)
    return any(_odd(run) for run in runs)


def _odd(run: str) -> bool:
    """Whether a run of letters is neither a word nor an abbreviation."""
    if run.isupper() and len(run) <= 7:
        return False  # SEND, LGSCO, RESOLVED
    if _MIXED_CASE.search(run) and not run.endswith("s"):
        return True
    return (len(run) > 3 and not _VOWEL.search(run)) or bool(_CONSONANTS.search(run))


def _shuffled(facts: TextFacts) -> bool:
    """Whether the letters are not those that are printed, as when a font's encoding was lost."""
    return (
        facts.letters >= ENOUGH_LETTERS
        and _share(facts.usual_letters, facts.letters) < USUAL_LETTERS
        and _share(facts.common, facts.worded) < COMMON_WORDS
    )


def _without_words(facts: TextFacts) -> Verdict:
    if facts.image_cover > 0.02:
        return Verdict(False, "no text layer: the page is an image")
    if facts.drawings > OUTLINES:
        return Verdict(False, f"no text layer: {facts.drawings} drawn shapes may be letters")
    return Verdict(True, "the page is blank")


def _unreadable(text: str) -> int:
    """Characters of a word that mean nothing: unmapped, private, or pdfminer's "(cid:12)"."""
    if text.isascii() and "(cid:" not in text:
        return 0
    private = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    return private + sum(len(code) for code in _CID.findall(text))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _percent(part: int, whole: int) -> str:
    return f"{100 * _share(part, whole):.0f}%"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@cache
def common_words() -> frozenset[str]:
    """The commonest words of English and Welsh, in small letters."""
    lines = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return frozenset(word for line in lines for word in line.split())
