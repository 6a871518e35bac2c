"""Whether two readings of a number say the same, and which of them to use.

What differs only in form is no difference: thousands with or without a comma, brackets, stops and spaces, a letter where the other
reader has the digit that looks like it, and a percent sign that one of them took for digits.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from rapidfuzz.fuzz import ratio

from extractors.language.numbers import LOOK_ALIKES, find_numbers
from schemas.figures import ReaderAgreement
from schemas.pages import TokenReading

# What the recogniser makes of a percent sign.
_AS_PERCENT = re.compile(r"(?:9|6|0|4|8|96|06|94|46|99|90|9/6|%6|%9|°/?[0o]?)%?")
_MARKS = str.maketrans({"—": "-", "–": "-", "−": "-", "·": ".", "，": ",", "（": "(", "）": ")", "％": "%"})
# Look-alikes that are taken for digits only where the other reading has a digit in their place.
_DIGIT_OF = {**{chr(k): v for k, v in LOOK_ALIKES.items()}, "!": "1", "]": "1", "[": "1", "i": "1", "t": "1"} | {
    "D": "0", "Q": "0", "U": "0", "$": "5", "§": "5", "b": "6", "g": "9", "q": "9", "z": "2", "?": "7", "T": "7",
}  # fmt: skip
_CLEAN = re.compile(r"[(\[£€+\-~<>*]{0,3}\d{1,3}(?:,?\d{3})*(?:\.\d{1,2})?(?:[/\-]\d{1,4})?%?[)\]*.,;:]{0,3}")
_LIKE_A_WORD = 80


def digits_of(text: str) -> tuple[str, ...]:
    """The numbers in a text, each as its digits with a decimal point if it has one: “(1,234.50)” has 1234.50."""
    plain = re.sub(r"(?<=\d)[,.'’ ](?=\d{3}(?!\d))", "", text.translate(_MARKS))
    return tuple(re.findall(r"\d+(?:\.\d+)?", plain))


def compare(first: str, second: str) -> ReaderAgreement:
    """How two readings of one number compare. Symmetrical; case and marks around the number do not matter."""
    ours, theirs = digits_of(first), digits_of(second)
    if not ours or not theirs:
        # a single letter that looks like a digit may be a letter, a bullet or a stroke
        return _compare_words(first, second)
    if ours == theirs or digits_of(_as_digits(first, second)) == digits_of(_as_digits(second, first)):
        return "agree"
    if _percent_as_digits(first, second) or _percent_as_digits(second, first):
        return "agree"
    return "disagree"


def _compare_words(first: str, second: str) -> ReaderAgreement:
    """Number words, which one misread letter does not make another number."""
    values = [_word_value(text) for text in (first, second)]
    if None not in values:
        return "agree" if values[0] == values[1] else "disagree"
    if ratio(_letters(first), _letters(second)) >= _LIKE_A_WORD:
        return "agree"
    return "not_comparable"


def _word_value(text: str) -> Decimal | None:
    found = find_numbers(text.strip(" .,;:()'\"").lower())
    return found[0].value if len(found) == 1 and found[0].words else None


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def _as_digits(text: str, other: str) -> str:
    """The text with its look-alikes as digits where the other text, of the same length, has digits."""
    bare, pattern = (re.sub(r"[,()*;:]", "", t.translate(_MARKS)).strip(" .'\"‘’") for t in (text, other))
    if len(bare) != len(pattern):
        return text
    return "".join(_DIGIT_OF.get(a, a) if b.isdigit() else a for a, b in zip(bare, pattern, strict=True))


def _percent_as_digits(first: str, second: str) -> bool:
    """Whether the second reading is the first, a percentage, with other marks for the percent sign."""
    share = re.fullmatch(r"\D*?(\d+(?:\.\d+)?) ?%\D*", first.translate(_MARKS))
    if share is None:
        return False
    bare = re.sub(r"[\s()\[\],;]", "", second.translate(_MARKS)).rstrip(".")
    rest = bare.removeprefix(share[1])
    return rest != bare and _AS_PERCENT.fullmatch(rest) is not None and not bare.endswith("%")


def with_commas(text: str) -> str:
    """A number of thousands with the comma that was read as another mark: “2;808” is 2,808, and so is “2.808”."""
    return re.sub(r"(?<![\d.,])([1-9]\d{0,2})[;:.](?=\d{3}(?![\d.,]))", r"\1,", text)


def chosen(first: TokenReading, second: TokenReading) -> str:
    """The text to use of two readings that do not agree: the likelier one, as far as their confidences tell."""
    if not is_clean(second.text):
        return first.text
    if is_clean(first.text) and first.confidence >= second.confidence:
        return first.text
    return _with_marks(first.text, second.text)


def is_clean(text: str) -> bool:
    """Whether a text is one number and nothing else."""
    return _CLEAN.fullmatch(text.translate(_MARKS).replace(" ", "")) is not None


def _with_marks(first: str, second: str) -> str:
    """The second reading with a pound sign, which its alphabet does not have, or a plus or minus that it cut off, if the first has one."""
    bare = first.translate(_MARKS).lstrip("(")
    if bare[:1] in ("+", "-") and second[:1].isdigit():
        return f"{bare[0]}{second}"
    return f"£{second}" if bare.startswith("£") and "£" not in second else second


def alternatives_of(readings: Sequence[TokenReading]) -> tuple[tuple[str, float], ...]:
    """All that the readers think the marks may be besides what they read, the likeliest first."""
    found: dict[str, float] = {}
    for reading in readings:
        for text, chance in reading.alternatives:
            found[text] = max(found.get(text, 0.0), chance)
    return tuple(sorted(found.items(), key=lambda a: (-a[1], a[0])))
