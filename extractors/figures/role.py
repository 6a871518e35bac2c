"""The role of one number of a sentence, and what its frames have in common."""

import re
from dataclasses import dataclass
from typing import Literal

from extractors.figures.enumerations import ListLabel
from extractors.language.clause import Sentence
from schemas.figures import NumberKind

RoleName = Literal["level", "prior", "change", "points", "share", "whole", "time", "rate", "amount", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Role of the number at token `index`. `sign` is -1 for a decrease. `kind` is set for a known non-figure.

    `host` is the index of the number that this one stands in brackets behind, or None. `rule` names the frame. `label` is what an
    enumeration says before it, or behind it, `run` what a list within the sentence
    does, and `run_by` the dimension that the list is by, where its labels tell. `again` is the index of the number that counts the same
    thing, where numbers are told again in turn.
    """

    index: int
    name: RoleName
    sign: int = 1
    host: int | None = None
    kind: NumberKind | None = None
    rule: str = ""
    label: ListLabel | None = None
    run: str | None = None
    run_by: str = ""
    again: int | None = None


HEDGE = r"(?:(?:just|almost|nearly|about|around|over|under|some|only|approximately|slightly|a|an|the|further|mere|well|as|little|many|therefore|thus) )*"
"""Words that hedge a number, in frames that end at it."""
FROM_TO = (
    re.compile(rf"\bfrom {HEDGE}$"),
    re.compile(
        r"^ (?:working |calendar )?(?:days )?(?:T )*(?:\( [^)]*\) )?(?:(?:in|at|for|on) )?(?:◷ )?(?:\( (?:or )?[№%] \) )?to (?:the )?(?:[№%]|just|over|◷|a )"
    ),
)
"""“From 122 in 2013/14 to 124”."""


def in_brackets(sentence: Sentence, index: int) -> bool:
    """Whether the token at `index` stands in round brackets."""
    opened = [s for s in sentence.signs[:index] if s in "()"]
    return opened.count("(") > opened.count(")")
