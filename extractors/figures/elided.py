"""Lists in a sentence that say their verb once: “20 related to delay, 14 to staff conduct and 9 to communication”.

The label stands behind its number.
"""

import re
from collections.abc import Sequence

from extractors.figures.enumerations import ListLabel, is_known, is_said_again
from extractors.language.clause import NUMBER, PERCENT, Sentence

_VERBS = {
    "to": r"related to|relating to|relate to",
    "with": r"to do with|dealt with",
    "": r"concerned|concerning|involved|involving|regarded|regarding|about",
}
"""Verbs by the preposition that comes again with every number; those without one are taken up by nothing."""
_STOPS = (
    "were|was|had|have|has|did|been|being|came|went|made|which|who|whom|that|not|of|from|by|in|on|at|about|than|more|fewer|less|"
    "days?|weeks?|months?|years?|working|calendar|per|percentage|points?|it|they|this|these|those|them|also"
)
_WORD = rf"(?:(?!(?:{_STOPS})\b)[a-z]+(?:['’]s?)?|T|['’/&-])"
_LABEL = rf"(?:(?:the|an?|our) )?(?P<label>{_WORD}(?: {_WORD}){{0,7}}?)"
_SHARE = r"(?:\( [№%] \) )?"
_AND = r"(?: ,| ;| , and| ; and| and| , with| , while)(?: (?:another|a further|the (?:other|remaining|last|T)))? "
_COUNTED = r"(?:(?:of (?:the |all |these |all the )?(?:№ T|№|T)|of (?:them|these|those)|at T|T) )*(?:(?:were|was|had been|have been|had|have|mainly|largely) )*"
_END = r"(?= ?[.;:,(]|$)"
_LEAST = 3


def elided(sentence: Sentence) -> dict[int, ListLabel]:
    """The labels of the numbers of such a list, by their index; those that the vocabulary knows are left out.

    A list whose verb has no preposition to take up must have three things, or two numbers beside each other would be one.
    """
    numbers = [i for i, _ in sentence.numbers() if not is_said_again(sentence, i) and not _is_whole(sentence, i)]
    for place, first in enumerate(numbers[:-1]):
        if sentence.signs[first] not in (NUMBER, PERCENT):
            continue
        for again, verbs in _VERBS.items():
            found = _items(sentence, numbers[place:], verbs, again)
            if len(found) >= (2 if again else _LEAST):
                labels = {i: label for i, label in found.items() if not is_known(sentence, label)}
                return {} if all(_is_of_children(sentence, label) for label in labels.values()) else labels
    return {}


def _is_whole(sentence: Sentence, index: int) -> bool:
    """Whether a number is what another is of: the 19 of “eight of the 19 related to delay”."""
    return re.search(r"[№%] (?:out )?of (?:the |all |these )?$", sentence.before(index)) is not None


def _is_of_children(sentence: Sentence, label: ListLabel) -> bool:
    """Whether a label is a group of children that the vocabulary knows; it may be the name of a team only among others."""
    return any(t.name == "cohort" and t.code for i in range(label.first, label.end) for t in sentence.tokens[i].terms)


def _items(sentence: Sentence, numbers: Sequence[int], verbs: str, again: str) -> dict[int, ListLabel]:
    """The labels of the numbers, as far as the list goes; none unless it goes on to the end of its clause."""
    first, *others = numbers
    lead = re.compile(rf"{_SHARE}{_COUNTED}(?:{verbs}) {_LABEL}{_AND}$")
    item = re.compile(rf"{_SHARE}{again + ' ' if again else ''}{_LABEL}(?:{_AND}$|{_END})")
    begun = lead.fullmatch(_between(sentence, first, others[0]))
    if begun is None:
        return {}
    found = {first: _label(sentence, first + 1, begun)}
    for index, following in zip(others, (*others[1:], len(sentence.signs)), strict=True):
        words = _between(sentence, index, following)
        m = item.match(words) if sentence.signs[index] == sentence.signs[first] else None
        if m is None:
            return {}
        found[index] = _label(sentence, index + 1, m)
        if m.end() < len(words) or following == len(sentence.signs):
            return found
    return found


def _between(sentence: Sentence, index: int, following: int) -> str:
    """The signs between two numbers, with a space behind each."""
    return "".join(f"{sign} " for sign in sentence.signs[index + 1 : following])


def _label(sentence: Sentence, start: int, m: re.Match[str]) -> ListLabel:
    first = start + len(m.string[: m.start("label")].split())
    end = first + len(m["label"].split())
    printed = sentence.text[sentence.tokens[first].start : sentence.tokens[end - 1].end]
    return ListLabel(text=re.sub(r"\s+", " ", printed.lower()), first=first, end=end)
