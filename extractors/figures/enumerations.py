"""Enumerations that name each thing before its number: “delay 21%, contact arrangements 12% and finance 7%”."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.language.clause import NUMBER, PERCENT, Sentence
from extractors.language.nonfigures import counts_unknown_thing
from extractors.language.terms import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLabel:
    """What a number of a list is said of, as printed in lower case: the tokens from `first` up to, but not including, `end`."""

    text: str
    first: int
    end: int


_NOT_IN_LABEL = (
    "had|have|has|which|who|whom|that|than|compared|from|this|these|those|it|they|there|we|she|he|them|were|was|is|are|been|being|"
    "not|total|remaining|other|rest|after|before|when|while|during|per|about|concerned|concerning|regarding|against|made|only|most|all|split|divided"
)
_WORD = rf"(?:(?!(?:{_NOT_IN_LABEL})\b)[a-z]+(?:['’]s?)?|T|['’/&-])"
_LABEL = rf"(?P<label>(?:{_WORD} ){{1,8}}?)"
_LINK = (
    r"(?P<link>(?:had|drew|received|attracted|with|at|for|in|~|(?:was|were) used (?:for|in)|accounted for|came up in|featured in|"
    r"(?:was|were) (?:raised|mentioned|cited|given) in|(?:was|were|lay) behind|behind|"
    r"was (?:the|a) (?:theme|subject|cause|reason|ground|topic|issue) (?:of|for|in|behind)|of|,) )?(?P<open>\( )?"
)
_FIRST = re.compile(
    rf"(?P<lead>^|[:;.,] |\b(?:about|concerned|concerning|regarding|were|was|are|being|for|by|against|as|split|divided) )(?:\( [a-z] \) )?(?:(?:for|about|in|by) )?(?:the |an? )?{_LABEL}{_LINK}$"
)
_NEXT = re.compile(
    rf"^(?:(?:of (?:the )?T|of them|of these|T) )?(?:\( [№%] \) )?(?P<close>\) )?(?:, and|; and|, with|, then|,|;|and|or|with) (?:\( [a-z] \) )?(?:by )?(?:the |an? )?{_LABEL}{_LINK}$"
)
_CODED = ("stage", "regime", "event", "outcome", "complainant", "source", "gender", "channel")
_MEASURES_AS_NAMES = ("assessments", "referrals", "children_supported", "workforce")
"""Work of the service, which names a team or theme in a list; the other measures are what lists count."""
LEAST = 3


def enumerated(sentence: Sentence) -> dict[int, ListLabel]:
    """The labels of an enumeration of three things at least, by the index of each number; those that the vocabulary knows are left out."""
    numbers = [
        i for i, _ in sentence.numbers() if sentence.signs[i] in (NUMBER, PERCENT) and not is_said_again(sentence, i)
    ]
    for run in _runs(sentence, numbers):
        if len(run) >= LEAST and not counts_unknown_thing(sentence, max(run)):
            labels = {i: label for i, label in run.items() if not is_known(sentence, label)}
            return labels | {again: labels[i] for i in labels if (again := _said_again(sentence, i)) is not None}
    return {}


def _said_again(sentence: Sentence, index: int) -> int | None:
    """The number in brackets right behind another, which says the same as a share: the 32% of “51 complaints (32%)”."""
    m = re.match(r"^(?: of the T| T)?(?= \( [№%] \))", sentence.after(index))
    return index + len(m[0].split()) + 2 if m else None


def is_said_again(sentence: Sentence, index: int) -> bool:
    """Whether a number in brackets says the one before it again, as a share of it or as what it is a share of."""
    return bool(re.search(r"[№%] (?:of the T |T )?\( $", sentence.before(index))) and sentence.signs[
        index + 1 : index + 2
    ] == (")",)


def _runs(sentence: Sentence, numbers: Sequence[int]) -> Iterator[dict[int, ListLabel]]:
    """Runs of numbers of one kind, each behind its label and linked to it alike."""
    run: dict[int, ListLabel] = {}
    link = opened = ""
    before: int | None = None
    for index in numbers:
        signs = sentence.signs[(before + 1 if before is not None else 0) : index]
        text = "".join(f"{s} " for s in signs)
        m = (
            _NEXT.match(text)
            if run and before is not None and sentence.signs[before] == sentence.signs[index]
            else None
        )
        if (
            m is not None
            and (m["open"] or "") == opened
            and bool(m["close"]) == bool(opened)
            and _alike(link, m["link"])
            and (link != ", " or text.startswith(";"))
        ):
            run[index] = _label(sentence, m, index, len(text))
        else:
            if len(run) >= LEAST:
                yield run
            run = {}
            first = _FIRST.search(text)
            alone = first is not None and first.start() == 0 and _is_whole_sentence(sentence, numbers)
            if first is not None and (
                alone or first["link"] or first["open"] or first["lead"] in (": ", "for ", "split ", "divided ")
            ):
                run = {index: _label(sentence, first, index, len(text))}
                link, opened = first["link"] or "", first["open"] or ""
        before = index
    yield run


def _is_whole_sentence(sentence: Sentence, numbers: Sequence[int]) -> bool:
    """Whether a sentence is nothing but entries between semicolons (“By email 31; by telephone 20; in person 5.”)."""
    ends = sentence.signs[numbers[-1] + 1 :] in ((), (".",))
    return ends and all(sentence.signs[i + 1] == ";" for i in numbers[:-1])


def _alike(first: str, link: str | None) -> bool:
    """Whether a thing is linked to its number as the first one is, in full, in short or by its place alone."""
    return link is None or link == first or first.endswith(f" {link}")


def _label(sentence: Sentence, m: re.Match[str], index: int, length: int) -> ListLabel:
    width = len(m.string[m.start("label") : length].split())
    first = index - width
    last = first + len(m["label"].split()) - 1
    printed = sentence.text[sentence.tokens[first].start : sentence.tokens[last].end]
    return ListLabel(text=re.sub(r"\s+", " ", printed.lower()), first=first, end=index)


def is_known(sentence: Sentence, label: ListLabel) -> bool:
    """Whether the vocabulary has a value or a measure for what a label says."""
    held = range(label.first, label.end)
    return any(
        _is_value(t)
        for i in held
        for t in sentence.tokens[i].terms
        if i == label.first or not _is_aside(sentence, i, t)
    )


def _is_aside(sentence: Sentence, index: int, term: Term) -> bool:
    """Whether a term is not what a label names, but whom it is about (“support for carers”)."""
    about = r"\b(?:for|with|of|to|about|between) (?:the |an? |their |our )?$"
    return term.name == "complainant" and re.search(about, sentence.before(index)) is not None


def _is_value(term: Term) -> bool:
    if term.type == "dim":
        return bool(term.code) and term.name in _CODED
    meeting = term.code == "representations" and term.text.lower() == "contact"
    counted = term.type == "measure" and term.kind in ("noun", "body")
    return counted and not meeting and term.code not in _MEASURES_AS_NAMES
