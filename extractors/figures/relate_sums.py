"""Sums: a whole and the parts that it is broken down into."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractors.figures.drafts import Draft, DraftRelation, kind_of
from extractors.figures.misprints import slips_into
from extractors.figures.relate_said import Said, clusters, host, is_level, kinds
from extractors.figures.relate_shares import can_be_whole

_PARTIAL = re.compile(
    r"\b(?:includ\w+|main|mainly|for example|e\.g\.|such as|most|mostly|chiefly|top|common\w*|several|more than one|"
    r"overlap\w*|also|some|followed by|(?:then|next) came|came next|any(?:thing|one) else|among|particular\w*|both|leading|largest|each)\b",
    re.I,
)
_WHOLLY = re.compile(
    r":|\bof (?:which|whom|these|them|those)\b|\b(?:remaining|remainder|rest|other|leaving(?! care)|leaves|left)\b",
    re.I,
)

_DIVIDED = re.compile(
    r"\b(?:divided?|broken down|breaks? down|broke down|split)(?: up)? (?:as follows|into|between|by)\b|\b(?:breakdown|outcomes|results|findings) (?:of|for) the \S+ (?:\S+ ){1,5}(?:was|were|is|are)\b",
    re.I,
)
"""That what follows is all of the whole that was named."""
_IN_TURN = re.compile(r"^\W*of the \S+ [^.;]*\bnumbers\b[^.;]*\brespectively\b", re.I)
"""“Of the 63 complaints, the numbers upheld, partly upheld, …, and withdrawn were 4, 16, … and 1 respectively.”"""
_AND_THE_OTHER = re.compile(
    r",[^.;]* and the (?:other|remaining) (?:\d+|[a-z]+)(?: complaints| cases| of them)?(?: (?:were|was|had been|are))? [a-z -]+\W*$",
    re.I,
)
"""“One was premature, three were closed after initial enquiries and the other four investigated.”: they are all told."""
_THE_OTHER = re.compile(
    r"^\W*(?:\d+|[a-z]+) of the \d+\b[^.;%]*, (?:and )?the (?:other|remaining) (?:\d+|[a-z]+) (?:had|having|has|were|was|being)\b[^.;%\d]*\W*$",
    re.I,
)
"""“Four of the 24 requests had been outstanding at the end of the year, the other 20 having been completed.”"""
_BOTH_ENDS = [["completed", "outstanding"], ["outstanding", "completed"], ["closed", "outstanding"]]
"""“Of these, 43 were completed by 31 March, with five outstanding.”: what is not done is outstanding."""
_CUT_SHORT = re.compile(r"[^.!?:)\]\d%\"”’]\s*$")
"""The end of a list that goes on elsewhere: on the next page."""

_STOCK = "children_supported"
"""A list about those in care breaks them down by several things at once: where they live, how far away, whether they came alone."""
_SEVERAL = 3
"""Parts that are a list, and not a number and another that goes on from it."""
_SLIP = Decimal("0.05")
"""How far the parts of a full list are from their whole, at most, when one number of it is wrong."""


def parts_of_sentence(said: Said) -> list[Draft]:
    """The counts of a sentence, one for each cluster; none of those that are a part of a part (“19, 14 of them with an advocate”)."""
    found: list[Draft] = []
    for cluster in clusters(said):
        counts = [d for d in cluster if d.statistic == "count" and is_level(d) and d.value is not None]
        found += counts[:1]
    hosts = [host(said, d) for d in found]
    if all(of is not None for of in hosts[1:]):
        return found
    return [d for i, (d, of) in enumerate(zip(found, hosts, strict=True)) if of is None or (of is found[0] and i == 1)]


def are_partition(parts: Sequence[Draft]) -> bool:
    """Whether parts break one whole down by one thing, each part once."""
    if len(parts) < 2 or len({d.measure for d in parts}) > 1 or len({d.period for d in parts}) > 1:
        return False
    differing = kinds(parts)
    return len(differing) == 1 and len({tuple(sorted(d.dims.items())) for d in parts}) == len(parts)


def sum_relation(
    whole: Draft,
    parts: Sequence[Draft],
    words: str,
    *,
    full: bool = False,
    of_these: bool = False,
    all_told: bool = False,
    some_left: bool = False,
) -> DraftRelation | None:
    """What `words` say of a whole and its parts.

    They are complete if they make it up, or if they nearly do and the words say that they should (`full`: known already); or
    if the words divide the whole into them. `of_these` tells that the words refer to the whole, so that no other is meant, `all_told`
    that the parts have percentages that make up 100, `some_left` that each of theirs is right, so that none can be wrong and less is a list cut short. Parts of one breakdown cannot be more than their whole, complete or not.
    """
    if whole.value is None or len(parts) < 2:
        return None
    total = _total(parts)
    if total != whole.value and (not are_partition(parts) or whole.measure != parts[0].measure):
        return None
    near = abs(total - whole.value) <= max(Decimal(1), whole.value * _SLIP)
    divided = _DIVIDED.search(words) is not None and _PARTIAL.search(words) is None
    divided = divided and are_partition(parts) and _CUT_SHORT.search(words) is None
    beyond = any(d.value is not None and d.value > whole.value for d in parts)
    if beyond and not (divided or of_these or (whole.definite and is_all_outcomes(parts))):
        # a part that is more than all is likelier to be of another whole
        return None
    near = near and (total > whole.value or _CUT_SHORT.search(words) is None) and whole.measure != _STOCK
    partial = _PARTIAL.search(words) is not None
    wholly = not partial and _WHOLLY.search(words) is not None
    too_many = not partial and total > whole.value and len(parts) >= _SEVERAL
    says = full or wholly or too_many
    all_told = all_told and wholly and are_partition(parts)
    in_turn = not partial and _IN_TURN.search(words) is not None and is_all_outcomes(parts)
    cut_short = some_left and total < whole.value
    return DraftRelation(
        kind="sum",
        keys=(whole.key, *(d.key for d in parts)),
        roles=("whole", *("part" for _ in parts)),
        complete=total == whole.value
        or not cut_short
        and (
            (divided and not _lacks_outcomes(parts, total, whole))
            or all_told
            or in_turn
            or (beyond and not partial and is_all_outcomes(parts))
            or (full and not partial and _BY_STAGE.match(words) is not None and not _went_on(whole, parts))
            or (too_many and _COLON.match(words) is not None and _excludes(parts))
            or (of_these and [d.dims.get("event") for d in parts] in _BOTH_ENDS)
            or (not partial and _THE_OTHER.search(words) is not None and are_partition(parts))
            or (of_these and not partial and are_partition(parts) and _AND_THE_OTHER.search(words) is not None)
            or (near and says and not _went_on(whole, parts) and not _lacks_outcomes(parts, total, whole))
        ),
    )


_BY_STAGE = re.compile(
    r"\W*by stage\b|[^.;]*\bstage (?:1|one), stage (?:2|two),? and stage (?:3|three)\b[^.;]*\brespectively\b", re.I
)
_COLON = re.compile(r"[^:]*\d[^:\d]*: ?(?:\d|[a-z])")
"""What a number is made up of: “6 decisions: four premature, …”."""
_DECISIONS = frozenset(("premature", "closed_after_enquiries", "out_of_jurisdiction", "advice_given", "investigated"))


def _excludes(parts: Sequence[Draft]) -> bool:
    """Whether parts are of such a kind that no case can be in two of them: the Ombudsman's decisions, or the outcomes of complaints."""
    told = [d.dims.get("outcome") or d.dims.get("event") or "" for d in parts]
    outcomes = all("outcome" in d.dims or d.dims.get("event") == "withdrawn" for d in parts)
    return len(set(told)) == len(told) and (set(told) <= _DECISIONS or outcomes)


def _lacks_outcomes(parts: Sequence[Draft], total: Decimal, whole: Draft) -> bool:
    """Whether outcomes that make up less than all need not be all: a list that goes beyond upheld, partly and not upheld, but has none withdrawn."""
    told = {d.dims["outcome"] for d in parts if "outcome" in d.dims}
    size = whole.value or Decimal(0)
    few = 0 < size - total <= max(Decimal(1), size * _SLIP)
    return bool(told - _SCHEME) and few and not is_all_outcomes(parts)


def _went_on(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether complaints that went on to the next stage may be counted at each, and once in the whole: 21 of 20, 1 and 1."""
    first, *later = sorted(parts, key=lambda d: d.dims.get("stage", ""))
    if [d.dims.get("stage") for d in (first, *later)] != ["1", "2", "3"][: len(parts)]:
        return False
    return (first.value or 0) <= (whole.value or 0) < _total(parts)


def _total(parts: Sequence[Draft]) -> Decimal:
    return sum((d.value for d in parts if d.value is not None), Decimal(0))


def leading_whole(said: Said, parts: Sequence[Draft]) -> tuple[Draft, list[Draft]] | None:
    """The whole that a sentence begins with (“62 complaints: 14 upheld, …”), and the parts after it."""
    if len(parts) < 3:
        return None
    whole, rest = parts[0], list(parts[1:])
    opens = said.between(whole, rest[0]).rstrip().endswith(":")
    if (
        "event" in whole.dims
        and not opens
        and any(p.dims.get("event", whole.dims["event"]) != whole.dims["event"] for p in rest)
    ):
        return None  # “two were premature, one was closed with advice, …” is a list of like things
    made_up = whole.value == _total(rest) and whole.measure in ("representations", rest[0].measure)
    if not made_up and re.search(r"\((?<!% \()(?<!per cent \()", said.between(whole, rest[0])):
        # “12 had been concluded (3 upheld, 7 partly upheld, 2 not upheld) and 5 were still open”
        rest = [d for d in rest if ")" not in said.between(whole, d)]
    return (whole, rest) if rest and (made_up or all(can_be_whole(whole, p) for p in rest)) else None


def found_whole(parts: Sequence[Draft], counts: Sequence[Draft]) -> Draft | None:
    """The one total elsewhere in the document that parts make up; None where no total fits."""
    if len(parts) < 3 or not are_partition(parts):
        return None
    total = _total(parts)
    fitting = [w for w in counts if w.value == total and all(can_be_whole(w, p) for p in parts)]
    return fitting[0] if fitting else None


def group_total(parts: Sequence[Draft], counts: Sequence[Draft]) -> Draft | None:
    """The one number of the group that parts break down, which the words name (“Stage 1 complaints were as follows: …”); None where several are given."""
    if len(parts) < _SEVERAL or not are_partition(parts):
        return None
    differing = {kind_of(name) for name in kinds(parts)}
    group = {k: v for k, v in parts[0].dims.items() if kind_of(k) not in differing}
    alike = [w for w in counts if w.dims == group and w.measure == parts[0].measure and w.period == parts[0].period]
    named = "stage" in group or parts[0].measure != "complaints"
    return alike[-1] if named and len({w.value for w in alike}) == 1 else None


def stages_of(parts: Sequence[Draft], counts: Sequence[Draft], words: str) -> Draft | None:
    """The total of complaints at all three stages, if it is counted before and they nearly make it up, or it is that which is told “by stage”."""
    if [d.dims.get("stage") for d in parts] != ["1", "2", "3"] or not are_partition(parts):
        return None
    total = _total(parts)
    wholes = [
        w for w in counts if w.value is not None and w.key < parts[0].key and all(can_be_whole(w, p) for p in parts)
    ]
    if not wholes or wholes[-1].value is None or len({w.value for w in wholes}) > 1:
        return None
    near = abs(wholes[-1].value - total) <= max(Decimal(1), total * _SLIP)
    return wholes[-1] if near or _BY_STAGE.match(words) else None


def both_procedures(stretch: Sequence[Said], counts: Sequence[Draft]) -> DraftRelation | None:
    """The one total of all complaints and those of the statutory and of the corporate procedure, whose percentages make up 100."""
    told = [d for said in stretch for d in said.drafts if is_level(d)]
    parts, percents = ([d for d in told if d.statistic == kind] for kind in ("count", "percent_of"))
    if any(sorted(d.dims.get("regime", "") for d in of) != ["corporate", "statutory"] for of in (parts, percents)):
        return None
    group = {k: v for k, v in parts[0].dims.items() if k != "regime"}
    alike = [w for w in counts if w.dims == group and w.measure == parts[0].measure and w.period == parts[0].period]
    slack = sum((Decimal(1).scaleb(-d.decimals) / 2 for d in percents), Decimal(0))
    if len({w.value for w in alike}) != 1 or not are_partition(parts) or abs(_total(percents) - 100) > slack:
        return None
    return DraftRelation(
        kind="sum", keys=(alike[-1].key, *(d.key for d in parts)), roles=("whole", *("part" for _ in parts))
    )


_SCHEME = frozenset({"upheld", "partly_upheld", "not_upheld", "withdrawn"})
"""Outcomes that a list of all of them holds, from the best to those that were not pursued."""
_EITHER = "upheld_or_partly"
"""What counts those upheld and those partly upheld once more."""
_ALL_OUTCOMES = 5
_FAR_FROM_ALL = 15
"""How far from 100 percentages of all outcomes may be, unless it is one number alone that lost, gained or changed its digits."""


def _all_outcomes(percents: Sequence[Draft], words: str) -> bool:
    """Whether percentages are those of every outcome that a complaint can have, so that they must make up 100."""
    told = [{d.dims.get("outcome") or d.dims.get("event") or ""} for d in percents]
    once = len(set().union(*told)) == len(told) > len(_SCHEME)
    return (
        once
        and set().union(*told) >= _SCHEME
        and _EITHER not in set().union(*told)
        and are_partition(percents)
        and _PARTIAL.search(words) is None
        and (abs(_total(percents) - 100) <= _FAR_FROM_ALL or any(_is_mistyped(p, percents) for p in percents))
    )


def _is_mistyped(one: Draft, percents: Sequence[Draft]) -> bool:
    """Whether percentages would make up 100 if the digits of one had been typed right: 82.1% in the place of 28.1%."""
    if one.value is None or len(percents) < _ALL_OUTCOMES:
        return False
    step = Decimal(1).scaleb(-one.decimals)
    slack = sum((Decimal(1).scaleb(-d.decimals) / 2 for d in percents), Decimal(0))
    left = 100 - (_total(percents) - one.value)
    meant = (step * n for n in range(int((left - slack) / step), int((left + slack) / step) + 2))
    return any(
        abs(value - left) <= slack and slips_into(value, one.value, one.decimals) for value in meant if value > 0
    )


def with_unread(relation: DraftRelation, said: Sequence[Said]) -> DraftRelation:
    """A sum with the parts that cannot be read: what they are, the others say."""
    unread = [
        d for s in said for d in s.drafts
        if d.statistic == "count" and d.value is None and is_level(d) and d.key not in relation.keys
    ]  # fmt: skip
    return replace(
        relation,
        keys=(*relation.keys, *(d.key for d in unread)),
        roles=(*relation.roles, *("part" for _ in unread)),
    )


_THE_REST = re.compile(r"^\W*of (?:the )?\d+\b[^.]*\b(?:the|a) remaining \d+(?:\.\d+)? ?(?:%|per cent)", re.I)
"""“Of 21 cases, 29% were premature, … and the remaining 19% were investigated.”"""


_STILL_OPEN = re.compile(r"\b(?:open|outstanding|ongoing|awaiting|waiting|pending|withdrawn|not yet|still)\b", re.I)


def in_time_and_late(saids: Sequence[Said]) -> Iterator[DraftRelation]:
    """“245 out of 379 complaints had been answered in time. 134 went past the timescale.”: those in time and those that were late are all."""
    for one, other in pairwise(saids):
        answered = [d for d in one.drafts if d.measure == "responses_on_time" and d.statistic == "count"]
        wholes = [d for d in one.drafts if d.definite and d.statistic == "count"]
        late = [d for d in other.drafts if d.statistic == "count" and d.dims.get("event") == "late"]
        apart = one.passage != other.passage or _STILL_OPEN.search(f"{one.text} {other.text}")
        if len(answered) == len(wholes) == len(late) == len(other.drafts) == 1 and not apart:
            yield DraftRelation(
                kind="sum", keys=(wholes[0].key, answered[0].key, late[0].key), roles=("whole", "part", "part")
            )


def more_than_all(saids: Sequence[Said]) -> Iterator[DraftRelation]:
    """A number, and in the next sentence parts of it that are more.

    “72 enquiries were made. 39 came from councillors and 92 from MPs.” There may be others that are not told, so that fewer say nothing. Complaints at all stages may be counted once in the whole,
    but those at one stage are no more than it.
    """
    for one, other in pairwise(saids):
        told = [d for d in other.drafts if d.statistic == "count" and is_level(d)]
        parts = [d for d in told if d.period == told[0].period]  # beside them may stand those of the year before
        wholes = [d for d in one.drafts if d.statistic == "count" and is_level(d)]
        wholes = [d for d in wholes if parts and (d.measure, d.period) == (parts[0].measure, parts[0].period)]
        if one.passage == other.passage and len(wholes) == 1 and are_partition(parts) and _exceed(wholes[0], parts):
            keys = (wholes[0].key, *(d.key for d in parts))
            yield DraftRelation(kind="sum", keys=keys, roles=("whole", *("part" for _ in parts)))


def _exceed(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether parts, each told apart from the whole by one thing, are more than it."""
    told = [sorted(d.dims.items() - whole.dims.items()) for d in parts]
    if any(whole.dims.items() - d.dims.items() for d in parts) or any(len(one) != 1 for one in told):
        return False
    names, values = {name for [(name, _)] in told}, [value for [(_, value)] in told]
    size = whole.value or Decimal(0)
    once = names == {"source"} or set(values) <= _DECISIONS
    return once and _total(parts) > size or values == ["1", "2", "3"] and (parts[0].value or 0) > size


def is_all_outcomes(drafts: Sequence[Draft]) -> bool:
    """Whether counts are those of every outcome that a complaint can have."""
    told = {d.dims.get("outcome") or d.dims.get("event") or "" for d in drafts}
    return told >= _SCHEME and _EITHER not in told and len(told) == len(drafts) and are_partition(drafts)


def hundred(said: Sequence[Said]) -> DraftRelation | None:
    """Percentages of one breakdown that make up 100. Where they do not, they may be of different wholes, or not all."""
    percents = [
        d for s in said for c in clusters(s) for d in [x for x in c if x.statistic == "percent_of" and is_level(x)][:1]
    ]
    enough = len(percents) >= 3 or (len(percents) == 2 and _WHOLLY.search(" ".join(s.text for s in said)) is not None)
    if not enough or any(d.value is None for d in percents) or len({(d.measure, d.period) for d in percents}) > 1:
        return None
    if _all_outcomes(percents, " ".join(s.text for s in said)):
        return DraftRelation(kind="sum", keys=tuple(d.key for d in percents), roles=tuple("part" for _ in percents))
    words = " ".join(s.text for s in said)
    if len(percents) >= _SEVERAL and _THE_REST.search(words) and are_partition(percents) and not _PARTIAL.search(words):
        return DraftRelation(kind="sum", keys=tuple(d.key for d in percents), roles=tuple("part" for _ in percents))
    slack = sum((Decimal(1).scaleb(-d.decimals) / 2 for d in percents), Decimal(0))
    if abs(_total(percents) - 100) > slack or len({tuple(sorted(d.dims.items())) for d in percents}) < len(percents):
        return None
    return DraftRelation(kind="sum", keys=tuple(d.key for d in percents), roles=tuple("part" for _ in percents))
