"""The stage of shares and times that is said only by their whole: “73 of the 118 were answered in time”, where 118 are the Stage 1 complaints."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.figures.assemble import Placed
from extractors.figures.drafts import Draft, TextReading

_LEAST = 10
"""Smaller numbers are alike by chance."""
_STAGED = ("complaints", "responses_on_time", "response_time")
_GROUP = frozenset(("stage", "regime"))

Stages = Mapping[tuple[Decimal, str], set[str]]


def with_stages(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """The texts of a document, with the stage that a whole has by its number, where the number is that of one stage alone."""
    stages = _stages_of(placed)
    return tuple(replace(text, reading=_staged(text.reading, stages)) for text in placed)


def _stages_of(placed: Sequence[Placed]) -> Stages:
    """The stages, "" for none, of the complaints that the document counts, by value and period."""
    found: dict[tuple[Decimal, str], set[str]] = defaultdict(set)
    for draft in (d for text in placed for d in text.reading.drafts):
        if _is_count(draft) and not draft.definite and draft.dims.keys() <= _GROUP:
            found[_key(draft)].add(draft.dims.get("stage", ""))
    return found


def _is_count(draft: Draft) -> bool:
    counted = draft.measure == "complaints" and draft.statistic == "count"
    return counted and draft.period is not None and draft.value is not None and draft.value >= _LEAST


def _key(draft: Draft) -> tuple[Decimal, str]:
    assert draft.value is not None and draft.period is not None
    return draft.value, draft.period.code


def _staged(reading: TextReading, stages: Stages) -> TextReading:
    """A text with the stage given to each sentence that has such a whole, and to times and outcomes in the sentences after it."""
    given: dict[int | None, str] = {}
    for draft in reading.drafts:
        told = stages.get(_key(draft), set()) if _is_count(draft) and draft.rule == "whole" else set()
        if len(told) == 1 and draft.dims.keys() <= {"regime"} and (stage := next(iter(told))):
            given[draft.sentence] = stage
    drafts: list[Draft] = []
    last = ""
    for draft in reading.drafts:
        stage = given.get(draft.sentence, "")
        last = stage or (last if "stage" not in draft.dims else "")
        if draft.measure == "response_time" or draft.dims.keys() & {"outcome", "event"}:
            stage = last
        if stage and draft.measure in _STAGED and not draft.dims.keys() & {"stage", "service", "team"}:
            draft = replace(draft, dims={**draft.dims, "stage": stage})
        drafts.append(draft)
    return replace(reading, drafts=tuple(drafts))
