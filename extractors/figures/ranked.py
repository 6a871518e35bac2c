"""Rankings of the themes of one team: “12 complaints about the Contact Service, next came delay (27%, 11) and policy (20%, 8)”.

What comes next is ranked among the complaints about the same team, though only the first of them says so.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.figures.drafts import Draft
from extractors.language.clause import Sentence
from extractors.language.teams import CALLED_TEAM

_TEAM = re.compile(
    rf"\b(?:complaints?|compliments?)(?: at [Ss]tage \w+)? (?:about|concerning|regarding|relating to|related to) (?:the )?(?P<team>{CALLED_TEAM})"
)
_CLAUSE = re.compile(r"(?:(?!;| while | whereas | but ).)+", re.S)
_NEXT = re.compile(r"\b(?:followed by|then came|next came|came next)\b")


def of_ranked_team(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """The figures of a sentence, the themes of a ranking with the team that all of them are of.

    The clause must name one team alone, before what comes next.
    """
    printed = sentence.text[sentence.start : sentence.end]
    for clause in _CLAUSE.finditer(printed):
        named, following = list(_TEAM.finditer(clause[0])), _NEXT.search(clause[0])
        if len(named) == 1 and following is not None and named[0].end() <= following.start():
            first, last = (sentence.start + place for place in clause.span())
            drafts = [_of_team(d, named[0]["team"]) if first <= d.start < last else d for d in drafts]
    return list(drafts)


def _of_team(draft: Draft, team: str) -> Draft:
    ranked = "category" in draft.dims and "team" not in draft.dims
    return replace(draft, dims={**draft.dims, "team": team}) if ranked else draft
