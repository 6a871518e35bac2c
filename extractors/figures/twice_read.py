"""What the two readers of a scan made of the number that became a figure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from extractors.figures.drafts import Draft
from extractors.language.numbers import find_numbers
from extractors.reading.second.compare import alternatives_of, compare
from schemas.figures import NumberReading, ReaderAgreement
from schemas.pages import Word

_READERS = 2
_FIRST = "Tesseract"
# Readers that agree, but of whom none is surer than this, have agreed on a blot.
_UNSURE = 0.6


def readings_of(words: Sequence[Word], draft: Draft) -> tuple[tuple[NumberReading, ...], ReaderAgreement | None]:
    """The readings of the number of `draft`, which stands in `words`, and how they compare; nothing for words that are not from a scan."""
    if all(word.confidence is None for word in words):
        return (), None
    used = _text(words, None)
    twice = [word for word in words if word.readings]
    if not twice:
        confidence = min((w.confidence or 0.0 for w in words), default=0.0)
        once = (NumberReading(engine=_FIRST, text=used, value=draft.value, confidence=confidence),)
        # a number in words is not made another by a misread letter
        return once, "single" if any(c.isdigit() for c in used) else None
    readings = tuple(_reading(words, twice, place, used, draft) for place in range(_READERS))
    return readings, _agreement(*(r.value for r in readings), same=compare(readings[0].text, readings[1].text))


def is_sure(readings: Sequence[NumberReading]) -> bool:
    """Whether any reader was sure of what it read."""
    return max((r.confidence for r in readings), default=1.0) >= _UNSURE


def _reading(words: Sequence[Word], twice: Sequence[Word], place: int, used: str, draft: Draft) -> NumberReading:
    text = _text(words, place)
    value = _value(text, used, draft)
    others = _alternatives(words, twice[0], place, used, draft) if len(twice) == 1 else {}
    others.pop(value, None)
    return NumberReading(
        engine=twice[0].readings[place].engine,
        text=text,
        value=value,
        confidence=round(min(w.readings[place].confidence for w in twice), 4),
        alternatives=tuple((v, c) for v, c in others.items() if v is not None),
    )


def _alternatives(
    words: Sequence[Word], word: Word, place: int, used: str, draft: Draft
) -> dict[Decimal | None, float]:
    """The other values that a reader thinks possible, the likeliest first."""
    found: dict[Decimal | None, float] = {}
    for text, chance in alternatives_of([word.readings[place]]):
        value = _value(" ".join(text if w is word else w.text for w in words), used, draft)
        found.setdefault(value, chance)
    return found


def _text(words: Iterable[Word], place: int | None) -> str:
    """The words as one reader read them, or as they are used."""
    return " ".join(w.readings[place].text if place is not None and w.readings else w.text for w in words)


def _value(text: str, used: str, draft: Draft) -> Decimal | None:
    """The value that a reading gives to the draft's number: its own if the reading says what is used, else that of its only number."""
    if compare(text, used) == "agree":
        return draft.value
    ours, theirs = (find_numbers(t.strip(), damaged=True) for t in (used, text))
    places = [i for i, n in enumerate(ours) if n.value is not None and draft.value in (n.value, -n.value)]
    if len(ours) != len(theirs) or len(places) != 1:
        return None
    before, after = ours[places[0]].value, theirs[places[0]].value
    if after is None or before is None:
        return None
    return after if before == draft.value else -after


def _agreement(first: Decimal | None, second: Decimal | None, *, same: ReaderAgreement) -> ReaderAgreement:
    if first is None or second is None:
        return "not_comparable"
    if first != second:
        return "disagree"
    # the same number cut out of marks that differ (“£1,5!” and “1,55”) is no agreement
    return "agree" if same == "agree" else "not_comparable"
