"""A number that a sentence puts right itself: “77% were resolved at Stage 1, and not 81% as printed in the report”."""

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.figures.drafts import Draft, DraftRelation
from extractors.figures.relate_said import Said

_NOT = re.compile(r"[^.;]*\bnot (?:the )?", re.I)
_AS_PRINTED = re.compile(
    r"\W{0,2}(?:as|which was|that was)(?: \w+)? (?:printed|reported|stated|shown|given|published|recorded|quoted)\b"
    r"(?! (?:last|in last|in the (?:previous|last|earlier)|for (?:last|the previous)|previously|\d))",
    re.I,
)


def put_right(said: Said) -> Iterator[DraftRelation]:
    """Two numbers of which the sentence says that one was printed in the place of the other: they would have to be equal."""
    for one, other in pairwise(said.drafts):
        if stands_for(one, other, said.between(one, other), said.after(other)):
            yield DraftRelation(kind="equal", keys=(one.key, other.key), roles=("same", "same"))


def stands_for(one: Draft, other: Draft, between: str, after: str) -> bool:
    """Whether the two are one number, right and wrong, by the words between and after. That an earlier report gave another is no slip."""
    if (one.statistic, one.unit) != (other.statistic, other.unit) or one.definite or other.definite:
        return False
    return bool(_NOT.fullmatch(between) and _AS_PRINTED.match(after))
