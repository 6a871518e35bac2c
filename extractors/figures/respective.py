"""Numbers that are told in turn: “Stages 1, 2 and 3 had 103, 14 and two complaints respectively”."""

import re
from collections.abc import Sequence

from extractors.figures.clusters import Cluster
from extractors.figures.drafts import Topic, kind_of
from extractors.language.clause import Sentence
from schemas.vocabulary import parts_of

_GROUPS = ("stage", "regime", "cohort")
_NAMES = re.compile(
    r"(?:^|[:;] |\b(?:that|while|whereas),? )(?:the )?(?P<names>[^:;.()%\d]{5,200}?) (?:(?:had|have|has|were|was|been) )*"
    r"(?:accounted for|accounting for|received|attracted|drew|generated|had|with|(?:the )?(?:cause|subject|theme|topic) of|about|mentioned in|"
    r"raised in|behind|made up|numbered|came up in|featured in)(?: [a-z]+){0,2} $",
    re.I,
)


Told = tuple[str | None, dict[str, str]]
"""Measure, where it is told, and breakdown of a number."""


def told_in_turn(sentence: Sentence, clusters: Sequence[Cluster], topic: Topic) -> dict[int, Told]:
    """What each number counts that is told in turn, by token index: as its own sentence names them, or the one before."""
    named = _respectively(sentence, clusters)
    return {i: (None, dims) for i, dims in named.items()} or _as_before(sentence, clusters, topic)


def _respectively(sentence: Sentence, clusters: Sequence[Cluster]) -> dict[int, dict[str, str]]:
    """“Upheld and partially upheld complaints were 9 and 17 respectively”: the breakdown of each number, by token index.

    The group of the last number is that of all: “parents and carers accounted for 51 and 13 Stage 1 complaints respectively”.
    """
    if "respectively" not in sentence.signs:
        return {}
    end = sentence.signs.index("respectively")
    heads = [c.roles[0].index for c in clusters if c.roles[0].index < end]
    named = _named(sentence, 0, heads[0] if heads else 0)
    if len(named) < len(heads):
        named = _named(sentence, heads[-1] + 1 if heads else 0, end)
        heads = heads[-len(named) :]
    kinds = [kind_of(name) for name, _ in named]
    enough = [kind for kind in kinds if kinds.count(kind) >= len(heads)]
    named = [n for n in named if kind_of(n[0]) == enough[-1]] if enough else []
    if len(heads) < 2 or len(named) < len(heads):
        return _by_name(sentence, [c.roles[0].index for c in clusters if c.roles[0].index < end], end)
    told = named[-len(heads) :]
    again = [c.roles[0].index for c in clusters if c.roles[0].index > end]
    group = {name: code for name, code in _group(sentence, heads[-1] + 1, end).items() if name != enough[-1]}
    heads += again if len(again) == len(heads) else []
    return {i: {**group, name: code} for i, (name, code) in zip(heads, told * 2, strict=False)}


def _group(sentence: Sentence, first: int, end: int) -> dict[str, str]:
    """The group that the words behind the last number name."""
    return {name: code for name, code in _named(sentence, first, end) if name in _GROUPS}


_OF_THE = re.compile(r"^(?:[^№%]* )?of (?:the |all )?№ (?=T\b)")


def noun_of_whole(sentence: Sentence) -> str | None:
    """What is counted of a whole that a sentence opens with (“Of the 208 complaints at Stage 1, the numbers upheld, …”)."""
    opened = _OF_THE.match(" ".join(sentence.signs))
    terms = sentence.tokens[len(opened[0].split())].terms if opened else ()
    return next((t.code for t in terms if t.type == "measure" and t.kind == "noun"), None)


def _by_name(sentence: Sentence, heads: Sequence[int], end: int) -> dict[int, dict[str, str]]:
    """Themes or teams that no vocabulary has: “delay, staff conduct and the Contact Team accounted for 24, 23 and 22 … respectively”."""
    if len(heads) < 2:
        return {}
    listed = _NAMES.search(sentence.text[sentence.start : sentence.tokens[heads[0]].start])
    names = _split(listed["names"], len(heads)) if listed else []
    group = _group(sentence, heads[-1] + 1, end)
    return {i: {**group, "category": name} for i, name in zip(heads, names, strict=False)}


def _split(names: str, number: int) -> list[str]:
    """“A, B and C” as so many names; none where it cannot be told which “and” stands between two of them."""
    *first, last = re.split(r", (?:and )?", names)
    ends = [m.span() for m in re.finditer(r" and ", last)]
    articles = [m.span() for m in re.finditer(r" and (?=the )", last)]
    cut = ends if len(ends) == 1 else articles
    rest = [last] if len(first) == number - 1 else [last[: cut[0][0]], last[cut[0][1] :]] if len(cut) == 1 else []
    found = [re.sub(r"^the ", "", name.strip(" '‘’“”\""), flags=re.I) for name in (*first, *rest)]
    return found if len(found) == number and all(found) else []


_AS_BEFORE = re.compile(
    r"\b(?:corresponding|comparable|equivalent|same|respective|comparative) (?:figures|numbers|totals)\b|\brespectively\b|\bin (?:the same|that) order\b|◷ the (?:figures|numbers|totals) (?:were|had been)\b"
)


def _as_before(sentence: Sentence, clusters: Sequence[Cluster], topic: Topic) -> dict[int, Told]:
    """“The corresponding figures for last year were 333, 31 and 12”: what the sentence before counted, one for each number."""
    heads = [c.roles[0].index for c in clusters]
    if "respectively" in sentence.signs:
        heads = [i for i in heads if i < sentence.signs.index("respectively")]
    own = heads and _NAMES.search(sentence.text[sentence.start : sentence.tokens[heads[0]].start])
    if own and "," in own["names"]:
        return {}  # they are told of things of their own
    if len(heads) < 2 or len(heads) != len(topic.counted) or not _AS_BEFORE.search(" ".join(sentence.signs)):
        return {}
    return dict(zip(heads, topic.counted, strict=True))


def _named(sentence: Sentence, first: int, end: int) -> list[tuple[str, str]]:
    """Dimension values named in a stretch of tokens, in order; “Stages 2 and 3” names two, and a value with parts its parts."""
    named: list[tuple[str, str]] = []
    for token in sentence.tokens[first:end]:
        for term in token.terms:
            if term.type == "dim" and term.code:
                named += [(term.name, part) for part in parts_of(term.name, term.code)]
        if named and named[-1][0] == "stage" and token.number is not None and token.number.text in ("1", "2", "3"):
            named.append(("stage", token.number.text))
    return named
