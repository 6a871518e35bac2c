"""Numbers that a sentence refers back to: “Of these, 17 (23%) …”, a list that “Of this number:” opens, and “…, and the other 4 …”."""

import re
from collections.abc import Mapping, Sequence

from extractors.figures.drafts import Draft
from extractors.figures.relate_said import REFERS_BACK, Said, is_level

Place = tuple[int, int]
"""A sentence: the number of its passage, and where it begins there."""


def antecedents(saids: Sequence[Said]) -> Mapping[Place, Draft]:
    """The one number that a sentence, or the list that it opens, refers back to; none where there is a choice.

    “599 children were looked after. This is an increase from 580. Of this number:” speaks of the 599.
    """
    found: dict[Place, Draft] = {}
    for i, said in enumerate(saids):
        if REFERS_BACK.match(said.text):
            meant = _last_counted(saids[:i], said.passage)
        elif _ALL_TOLD.search(said.text) and i and _is_right_before(saids[i - 1], said):
            meant = _last_counted(saids[i - 1 : i], said.passage)
        elif said.refers:
            meant = _last_counted(saids[: i + 1], said.passage)
        else:
            continue
        if meant is not None:
            found[said.passage, said.start] = meant
    return found


_ALL_TOLD = re.compile(
    r"^(?:\w+ (?:complaints? |cases? )?(?:was|were|had been) )[^.;:]*,[^.;:]* and the (?:other|remaining) (?:\d+|[a-z]+)\b",
    re.I,
)
"""“One was premature, three were closed after initial enquiries and the other four investigated.”"""


def _is_right_before(one: Said, other: Said) -> bool:
    """Whether a sentence follows another in the same text."""
    return one.passage == other.passage and one.start < other.start


def _last_counted(before: Sequence[Said], passage: int) -> Draft | None:
    """The number of the last sentence that counts anything, in this passage or the one before; None if it counts two things."""
    for said in reversed(before):
        if said.passage < passage - 1:
            return None
        counted = [d for d in said.drafts if d.statistic == "count" and is_level(d)]
        if counted:
            return counted[0] if len(counted) == 1 else None
    return None
