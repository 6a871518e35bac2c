"""Sentences with the figures that were read from them, as the readers of relations look at them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.figures.drafts import Draft, kind_of
from extractors.language.numbers import find_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text and its drafts, whose keys tell all drafts of a document apart. `item` is set for an item of a list.

    A passage without drafts (a heading, a table) keeps those before and after it apart.
    """

    text: str
    drafts: tuple[Draft, ...]
    item: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence: its words, which begin at character `start` of the passage, and its drafts in the order of the text.

    `passage` numbers the passages; `opens` tells that a list follows, and `refers` that it is about a number of this sentence or
    one before (“… Of this number:”).
    """

    passage: int
    item: bool
    opens: bool
    refers: bool
    start: int
    text: str
    drafts: tuple[Draft, ...]

    def between(self, one: Draft, other: Draft) -> str:
        """The words between two drafts, whichever comes first."""
        first, last = sorted((one, other), key=lambda d: d.start)
        return self.text[first.end - self.start : max(first.end, last.start) - self.start]

    def before(self, draft: Draft) -> str:
        """The words before a draft."""
        return self.text[: draft.start - self.start]

    def after(self, draft: Draft) -> str:
        """The words after a draft."""
        return self.text[draft.end - self.start :]


_STOP = re.compile(r"(?<!\bi\.e)(?<!\be\.g)(?<!\bNo)[.?!][)\"'’”]?(?=\s+[\"'‘“(]?[A-Z0-9£]|\s*$)")


REFERS_BACK = re.compile(r"\W*(?:and )?of (?:this (?:number|total)|these|those|them)\b", re.I)
_OPENS_BACK = re.compile(rf"{REFERS_BACK.pattern}[^.\d]{{0,20}}:-?\s*", re.I)
"""A sentence without a number that opens a list: “Of this number:”."""


def sentence_end(text: str, at: int) -> int:
    """Where the sentence ends that goes on at character `at`."""
    stop = _STOP.search(text, at)
    return stop.end() if stop else len(text)


def sentences(passages: Sequence[Passage]) -> Iterator[Said]:
    """The sentences that hold figures, in reading order."""
    for number, passage in enumerate(passages):
        by_start: dict[int, list[Draft]] = {}
        for draft in passage.drafts:
            if draft.sentence is not None:
                by_start.setdefault(draft.sentence, []).append(draft)
        for start, drafts in sorted(by_start.items()):
            in_order = tuple(sorted(drafts, key=lambda d: d.start))
            end = sentence_end(passage.text, in_order[-1].end)
            opens = end >= len(passage.text.rstrip()) and passage.text.rstrip().endswith((":", ":-"))
            refers = _OPENS_BACK.fullmatch(passage.text[end:]) is not None
            yield Said(
                passage=number, item=passage.item, opens=opens or refers, refers=refers, start=start,
                text=passage.text[start:end], drafts=in_order,
            )  # fmt: skip


def is_level(draft: Draft) -> bool:
    """Whether a draft says how many there are now: no change, no number of the year before, nothing only referred to."""
    return not draft.definite and not is_prior(draft) and draft.statistic not in ("change", "percent_change")


def is_prior(draft: Draft) -> bool:
    """Whether a draft is what another is compared with."""
    return draft.rule.startswith("prior ") or draft.rule == "from-to"


def kinds(drafts: Sequence[Draft]) -> set[str]:
    """The breakdowns in which drafts differ. Outcomes and events (“upheld”, “withdrawn”) break down the same whole."""
    plain = [{kind_of(k): v for k, v in d.dims.items()} for d in drafts]
    names = {name for dims in plain for name in dims}
    return {name for name in names if len({dims.get(name) for dims in plain}) > 1}


_NESTED_BEFORE = re.compile(r"\bof (?:whom|which|them|these|those),? (?:\w+ ){0,2}$", re.I)
_NESTED_AFTER = re.compile(r" (?:\w+ )?of (?:whom|which|them|these|those)\b")


def host(said: Said, draft: Draft) -> Draft | None:
    """The count that a number is a part of: the 83 of “83 (13.1%) were in homes, of whom 42 (50.6%) were out of the city”."""
    within = said.before(draft)
    nested = _NESTED_BEFORE.search(within) or _NESTED_AFTER.match(said.after(draft))
    earlier = [
        d for d in said.drafts if d.statistic == "count" and is_level(d) and d.end <= draft.start and d is not draft
    ]
    return earlier[-1] if nested and earlier else None


_OF = re.compile(r"(?:\bof|/) ?(?:(?:the|these|those|all|our|its|a total of) )*$")


def lost_wholes(said: Said) -> list[int]:
    """Where the sentence speaks of a whole that was not read (“and 40% of the 20 replies”), as places in the passage."""
    read = [(d.start, d.end) for d in said.drafts]
    places = [
        said.start + n.start for n in find_numbers(said.text) if n.unit == "" and _OF.search(said.text[: n.start])
    ]
    return [p for p in places if not any(a <= p < b for a, b in read)]


def same_group(one: Draft, other: Draft) -> bool:
    """Whether two drafts are of one measure, in one breakdown."""
    return one.measure == other.measure and one.dims == other.dims


def clusters(said: Said) -> list[list[Draft]]:
    """The drafts of each cluster, in the order of the text."""
    found: dict[int | None, list[Draft]] = {}
    for draft in said.drafts:
        if not draft.definite:
            found.setdefault(draft.cluster, []).append(draft)
    return list(found.values())
