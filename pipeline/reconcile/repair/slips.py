"""From a printed number to what may have been meant: each value that one slip of the pen, the keys or the scanner leads away from."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.language.numbers import LOOK_ALIKES, SHIFTED_KEYS
from pipeline.reconcile.texts import number_text
from schemas.figures import Figure

# Digits that are taken for each other by eye and by OCR engines, each pair once; a 9 upside down is a 6.
_ALIKE = ("06", "08", "17", "27", "35", "38", "49", "56", "58", "68", "69", "89")
# No one writes a nought in front, or a point with nothing before it.
_WRITTEN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
_PLAIN = re.compile(r"\(?(-?\d[\d,]*(?:\.\d+)?) ?(%?)\)?[.,;:]?")

Slipped = tuple[Decimal, str]
"""A value that may have been meant, and the slip (a name of `costs.yaml`) that made the print of it."""


def slips_of(figure: Figure) -> Iterator[Slipped]:
    """What `figure` may stand for; a value comes more than once where several slips lead to it."""
    yield from _other_readings(figure)
    if figure.value is None:
        yield from _of_print(figure)
    elif figure.value == 0:
        # A nought of “no complaints” is no slip of a digit; only a lost digit leads from another number to 0.
        yield from ((Decimal(f"{d}0").scaleb(-figure.decimals), "lost_digit") for d in "123456789")
    else:
        yield -figure.value, "sign"
        sign = -1 if figure.value < 0 else 1
        for digits, slip in _digit_slips(number_text(abs(figure.value), figure.decimals), alike=_misread(figure)):
            yield sign * Decimal(digits), slip
        yield figure.value * 10, "ten_times"
        tenth = figure.value / 10
        if figure.decimals > 0 or tenth == int(tenth):
            yield tenth, "tenth"


def _other_readings(figure: Figure) -> Iterator[Slipped]:
    """What a reader of the scan took the print for, and what it thought possible."""
    for reading in figure.evidence.readings:
        if reading.value is not None and reading.value != figure.value:
            yield reading.value, "other_reading"
        yield from ((value, "possible_reading") for value, _ in reading.alternatives)


def _misread(figure: Figure) -> str:
    """How a digit came to be one that looks alike: where two readers agree on it, it is likelier that it is printed so."""
    if figure.evidence.method == "text":
        return "misread"
    return "misread_twice" if figure.evidence.agreement == "agree" else "misread_on_scan"


def _of_print(figure: Figure) -> Iterator[Slipped]:
    """What marks that are no number may stand for; and a share above 100%, which was refused as one."""
    printed = figure.evidence.printed.strip()
    if figure.proposed is not None and re.search(r"\w", printed) is None:
        # marks alone: the reader knows which brackets are digits, and which stand around the number
        yield figure.proposed, "shifted_keys"
        return
    bare = re.sub(r"[()\s]", "", printed)
    found = list(_marks(printed, bare))
    yield from found
    if figure.proposed is not None and all(figure.proposed != value for value, _ in found):
        yield figure.proposed, "look_alike"


def _marks(printed: str, bare: str) -> Iterator[Slipped]:
    if (plain := _PLAIN.fullmatch(printed)) is not None:
        digits = plain[1].replace(",", "")
        if plain[2]:
            yield Decimal(digits[:-1] or 0) if "." not in digits else Decimal(digits) / 10, "percent_as_digit"
        yield from ((Decimal(d), slip) for d, slip in _digit_slips(digits.lstrip("-"), alike="misread"))
    elif (meant := bare.translate(SHIFTED_KEYS)).isdigit():
        yield Decimal(meant), "shifted_keys"
    elif (meant := bare.rstrip("%").translate(SHIFTED_KEYS).translate(LOOK_ALIKES).replace(",", "")).isdigit():
        yield Decimal(meant), "look_alike"


def _digit_slips(digits: str, *, alike: str) -> Iterator[tuple[str, str]]:
    """What may be meant by `digits` ("117", "13.0"), with its slip; never with a nought in front."""
    found = [*_of_places(digits, alike=alike), *_shorter(digits), *_longer(digits)]
    yield from ((meant, slip) for meant, slip in found if meant != digits and _WRITTEN.fullmatch(meant))


def _of_places(digits: str, *, alike: str) -> Iterator[tuple[str, str]]:
    """Digits that changed places, look alike, or lie beside each other on the keyboard."""
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    for left, right in zip(places, places[1:], strict=False):
        swapped = [*digits]
        swapped[left], swapped[right] = digits[right], digits[left]
        yield "".join(swapped), "transposed"
    for i in places:
        for pair in _ALIKE:
            if digits[i] in pair:
                other = pair.replace(digits[i], "")
                yield digits[:i] + other + digits[i + 1 :], alike
        for other in _neighbours(digits[i]):
            yield digits[:i] + other + digits[i + 1 :], "neighbouring_key"


def _neighbours(digit: str) -> str:
    keys = "1234567890"
    place = keys.index(digit)
    return keys[max(0, place - 1) : place] + keys[place + 1 : place + 2]


def _shorter(digits: str) -> Iterator[tuple[str, str]]:
    """One digit was too many. The decimals stay as many as they are: those of the print are the report's own."""
    for i in range(len(digits.partition(".")[0])):
        twin = digits[i] in (digits[i - 1 : i], digits[i + 1 : i + 2])
        yield digits[:i] + digits[i + 1 :], "doubled_digit" if twin else "added_digit"


def _longer(digits: str) -> Iterator[tuple[str, str]]:
    """One digit was lost."""
    for i in range(len(digits.partition(".")[0]) + 1):
        for digit in "0123456789":
            twin = digit in (digits[i - 1 : i], digits[i : i + 1])
            yield digits[:i] + digit + digits[i:], "halved_digit" if twin else "lost_digit"
