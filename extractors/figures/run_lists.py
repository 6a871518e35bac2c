"""Lists within a sentence, of labels or names each with its number."""

import re

from extractors.figures.breakdowns import asked_in
from extractors.language.clause import NUMBER, PERCENT, PERIOD, Sentence, Token
from extractors.language.nonfigures import counts_unknown_thing
from extractors.language.terms import find_terms

_RUN = re.compile(
    r": (?P<items>(?:(?:[a-zT'’/-]+ ){1,5}(?P<sign>[№%]) (?:[;,] (?:and )?|and )){2,}(?:[a-zT'’/-]+ ){1,5}(?P=sign))(?: \.)?$"
)
_NAME = r"[A-Z][\w/'’&-]*(?: (?:(?:and|of|in|for|with|the|&) ){0,2}[A-Z][\w/'’&-]*)*"
_OWNER = re.compile(
    rf"(?:^|[:;,.] |\bthat )(?:[Tt]he )?(?P<name>{_NAME})(?: service| team| teams)? "
    r"(?:(?:had|has|have) )?(?:received|had|was given|were given|dealt with|accounted for|attracted|recorded|generated|was responsible for) $"
)
_BEGINS = re.compile(rf"(?:\bas|\bwere|\bwas|\bsplit|:) (?:the )?(?P<name>{_NAME}) $")
_NEXT = re.compile(
    rf"^(?: of (?:them|these)| [a-z]+)?(?:,| and|, and|;) (?:the )?(?P<name>{_NAME})(?: (?:for|of) [a-z ]{3, 30}?)?(?: service| team)?(?: had| with)? $"
)
_CODED = ("stage", "regime", "event", "outcome", "complainant", "source", "gender")


def run_labels(sentence: Sentence) -> dict[int, str]:
    """The labels of “How complaints were made: letter 29; e-mail 24; in person 3.”, by the index of each number."""
    m = _RUN.search(" ".join(sentence.signs))
    if m is None:
        return named_run(sentence) or set_in_a_row(sentence)
    first = len(" ".join(sentence.signs)[: m.start("items")].split())
    ahead = [t for token in sentence.tokens[:first] for t in token.terms]
    if not any(t.type == "measure" and t.kind in ("noun", "weak") for t in ahead):
        return {}
    labels: dict[int, str] = {}
    for index in range(first, len(sentence.tokens)):
        if sentence.signs[index] in (NUMBER, PERCENT):
            terms = [t for token in sentence.tokens[first:index] for t in token.terms]
            known = any(t.type == "dim" and t.code and t.name in _CODED for t in terms)
            printed = sentence.text[sentence.tokens[first].start : sentence.tokens[index - 1].end]
            if not known:
                labels[index] = re.sub(r"^and ", "", printed.lower())
            first = index + 2
    return labels


_SET = re.compile(rf"(?:^|: )(?P<items>(?:{_NAME} [\d,]+(?: \([\d,]+\))? ){{2,}}{_NAME} [\d,]+(?: \([\d,]+\))?)[.;]?$")


def set_in_a_row(sentence: Sentence) -> dict[int, str]:
    """The names of “North 84 (91) Central 119 (108) East 131 (142)”, by the index of each number, with nothing between them."""
    m = _SET.search(re.sub(r"\s+", " ", sentence.text[sentence.start : sentence.end]).strip())
    numbers = [i for i, _ in sentence.numbers() if sentence.signs[i] == NUMBER]
    if m is None or not _introduces(sentence, m.start("items")):
        return {}
    entries = re.findall(rf"({_NAME}) [\d,]+( \([\d,]+\))?", m["items"])
    names = [name for name, aside in entries for _ in range(1 + bool(aside))]
    if len(names) > len(numbers):
        return {}
    return dict(zip(numbers[-len(names) :], names, strict=True))


def _introduces(sentence: Sentence, width: int) -> bool:
    """Whether the words before a list say what it counts, or by what; a list that is the whole text leans on the one before."""
    ahead = sentence.text[sentence.start : sentence.start + width]
    nouns = (t for t in find_terms(ahead) if t.type == "measure" and t.kind in ("noun", "weak"))
    return not ahead.strip() or bool(asked_in(ahead)) or any(nouns)


def named_run(sentence: Sentence) -> dict[int, str]:
    """The names of “The Adoption Service received 39 complaints, Fostering 24 and the Access Team 14”, by the index of each number.

    Names begin with capitals; two of them at least must each stand right before its number, behind the one before.
    """
    numbers = [i for i, _ in sentence.numbers()]
    named: dict[int, str] = {}
    for left, right in zip(numbers, numbers[1:], strict=False):
        m = _NEXT.match(_between(sentence, left, right))
        between = sentence.tokens[left + 1 : right]
        if m is None or sentence.signs[left] != NUMBER or sentence.signs[right] != NUMBER or _is_coded(between):
            if len(named) > 1:
                break
            named = {}
            continue
        ahead = sentence.text[sentence.start : sentence.tokens[left].start]
        owner = _OWNER.search(ahead) or _BEGINS.search(ahead)
        if not named and owner and not _is_coded(sentence.tokens[:left]):
            named[left] = owner["name"]
        named[right] = m["name"]
    if named and counts_unknown_thing(sentence, max(named)):
        return {}  # “Labour 9, Liberal 4 and Green 2 votes”
    owned = bool(named) and _OWNER.search(sentence.text[sentence.start : sentence.tokens[min(named)].start])
    return named if len(named) > (1 if owned else 2) else {}


def _between(sentence: Sentence, left: int, right: int) -> str:
    return re.sub(r"\s+", " ", sentence.text[sentence.tokens[left].end : sentence.tokens[right].start])


def _is_coded(tokens: tuple[Token, ...]) -> bool:
    """Whether some words hold a breakdown of the vocabulary, or a period, which are no names."""
    return any(t.sign == PERIOD for t in tokens) or any(
        term.type == "dim" and term.code and term.name in _CODED for t in tokens for term in t.terms
    )
