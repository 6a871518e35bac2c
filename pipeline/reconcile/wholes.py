"""Shares whose whole stands elsewhere: "214 complaints at Stage 1 came from parents (51%)", and how many there were at Stage 1 is said before.

That such a share holds, with power, is no accident. That it fails tells of a mistake only where the document is seen to give its shares of
that whole: where others of the same group hold.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.reconcile.observations import (
    Index,
    Observation,
    bare,
    is_reliable,
    names,
    observation,
    plain_dims,
    sentences_of,
    undisputed,
)
from pipeline.reconcile.verdicts import judge
from schemas.figures import Dims, Figure
from schemas.relations import Relation, Verdict

# Breakdowns that say which whole a share is of; the others say which part it counts.
OF_THE_WHOLE = frozenset(("stage", "regime", "service", "cohort"))
# So many shares of a whole must hold, with this power, and so few others fail, for one that fails to be a mistake.
_HOLDING, _POWER = 2, Fraction(4, 5)
_FAILING = 4
# Between the cells of a row.
_ROW = " | "


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage, the whole that its group is, and how many cases it is, if the document says that. `tied` tells that a mistake is told by its failing."""

    percent: Figure
    whole: Figure
    part: Figure | None
    tied: bool


def shares(figures: Iterable[Figure], stated: Sequence[Relation], index: Index) -> Iterator[Share]:
    """The shares that no sentence or table of the document ties to their whole."""
    by_id = {f.figure_id: f for f in figures}
    known = {
        i
        for r in stated
        if r.kind == "share"
        for i, role in zip(r.figure_ids, r.roles, strict=True)
        if role == "percent"
    }
    divided = _divided_teams(by_id.values())
    taken = {f.figure_id for f in wholes_of(stated, by_id)}
    of_others = _wholes_of_groups(stated, by_id)
    groups: dict[Observation, list[Share]] = {}
    for figure in by_id.values():
        if figure.statistic == "percent_of" and figure.figure_id not in known and is_reliable(figure):
            found = _share(figure, index, divided, taken, of_others)
            if found is not None and figure.period is not None:
                groups.setdefault(observation(found.whole, figure.period), []).append(found)
    if not groups:
        return
    supported = _supported(groups, stated, by_id)
    twins = _without_years(stated, by_id)
    alone = _of_hundred(stated, by_id)
    counts = [f for same in index.values() for f in same if f.statistic == "count" and is_reliable(f)]
    for about, of in groups.items():
        for share in of:
            if share.part is not None:
                said = says_again(share.part, share.percent) and not _is_beside(share)
                said = said or (
                    _stands_beside(share.part, share.percent) and _of_any_year(share.percent, share.whole) in twins
                )
                # the rows of one table are of one whole
                alike = about in supported and _in_one_row(share.part, share.percent)
                other = _is_nested(share.part) or (not alike and _of_others(share, counts))
                tied = (said or about in supported) and not other
                yield replace(share, tied=tied or share.tied)
            elif share.percent.figure_id in alone and _others_possible(share, alone[share.percent.figure_id], by_id):
                yield replace(share, tied=True)


def wholes_of(stated: Iterable[Relation], by_id: Mapping[str, Figure]) -> Iterator[Figure]:
    """The numbers that stated shares and sums which hold are of."""
    for relation in stated:
        if relation.kind in ("share", "sum") and "whole" in relation.roles:
            whole = by_id.get(relation.figure_ids[relation.roles.index("whole")])
            if whole is not None and judge(relation, by_id).outcome == "holds":
                yield whole


def _wholes_of_groups(stated: Iterable[Relation], by_id: Mapping[str, Figure]) -> dict[Observation, Figure]:
    """By group, the one number that its shares are said to be of: “11 complaints at Stage 1 were about delay, 27% of the 41”."""
    found: dict[Observation, list[Figure]] = {}
    for relation in stated:
        of = {role: by_id[i] for i, role in zip(relation.figure_ids, relation.roles, strict=True) if i in by_id}
        if relation.kind == "share" and set(of) == {"part", "whole", "percent"} and of["part"].period is not None:
            group = replace(of["part"], dims=group_of(of["part"].dims))
            named = names(of["part"], of["whole"]) or names(of["percent"], of["whole"])
            if named and group.dims != of["part"].dims and judge(relation, by_id).outcome == "holds":
                found.setdefault(observation(group, of["part"].period), []).append(of["whole"])
    return {about: whole for about, of_group in found.items() if (whole := undisputed(of_group)) is not None}


def as_relation(share: Share) -> Relation:
    """The relation that a share is, without an id."""
    members = [(f, role) for f, role in ((share.part, "part"), (share.whole, "whole"), (share.percent, "percent")) if f]
    return Relation(
        relation_id="",
        kind="share",
        figure_ids=tuple(f.figure_id for f, _ in members),
        roles=tuple(r for _, r in members),
    )


Team = tuple[str, str]
"""Name and period."""


def _team(figure: Figure) -> Team | None:
    """The team that a figure is about, if nothing else is told of what it counts."""
    told = dict(pair for pair in plain_dims(figure.dims) if pair[0] not in OF_THE_WHOLE)
    return (told["team"], figure.period.code) if set(told) == {"team"} and figure.period is not None else None


def _divided_teams(figures: Iterable[Figure]) -> Set[Team]:
    """The teams whose own complaints the document breaks down further: a share may be one of those."""
    return {
        (told["team"], f.period.code)
        for f in figures
        if f.period is not None
        and "team" in (told := dict(plain_dims(f.dims)))
        and set(told) - OF_THE_WHOLE != {"team"}
    }


_ANAPHORIC = re.compile(
    r"\b(?:equivalent|comparable|corresponding) (?:figure|proportion|percentage|share|rate)\b", re.I
)
"""“The equivalent figure for 2021/22 was 14%” is of what the sentence before says."""
_STAGE_WORDS = {"1": "1|one", "2": "2|two"}


def _stage_before(percent: Figure) -> str | None:
    """The stage whose complaints a share of those that went on is of: “6% (16) of Stage 1 complaints progressed to Stage 2”, “four complaints, or 17%, were taken from Stage 1 to Stage 2”."""
    stage = dict(percent.dims).get("stage")
    before = {"2": "1", "3": "2"}.get(stage or "")
    if before is None:
        return None
    printed = re.escape(bare(percent))
    words = _STAGE_WORDS[before]
    of = rf"(?<!\w){printed} ?(?:\(\d+\) )?of (?:all |the )?(?:stage (?:{words}) complaints|complaints at stage (?:{words}))\b"
    came = rf"(?<!\w){printed}\)?,? [^.;:\d()]*\bfrom stage (?:{words}) to stage\b"
    return before if re.search(f"{of}|{came}", percent.evidence.snippet, re.I) else None


def _stands_beside(part: Figure, percent: Figure) -> bool:
    """Whether a percentage stands right before its number of cases in brackets: “21.5% (3)”."""
    one, other = (re.escape(bare(f)) for f in (percent, part))
    same = part.evidence.page == percent.evidence.page and _ROW not in percent.evidence.snippet
    return same and re.search(rf"(?<!\w){one} ?\({other}\)", percent.evidence.snippet) is not None


def _in_one_row(part: Figure, percent: Figure) -> bool:
    """Whether both stand in one row of a table."""
    return _ROW in percent.evidence.snippet and part.evidence.snippet == percent.evidence.snippet


def _names_another(percent: Figure, whole: Figure) -> bool:
    """Whether the words behind a percentage name a whole, and another than this: “17% of the 18”."""
    printed = re.escape(bare(percent))
    named = re.search(
        rf"(?<!\w){printed} (?:out )?of (?:the |all |these |those )*(\d[\d,]*)\b(?!%| per)", percent.evidence.snippet
    )
    return named is not None and named[1].replace(",", "") != f"{whole.value}"


def _share(
    percent: Figure, index: Index, divided: Set[Team], taken: Set[str], of_others: Mapping[Observation, Figure]
) -> Share | None:
    """A percentage with the one number of all of its group, and the one number of its own cases.

    Where several are given for all, it is that which the document takes a share or a sum of (`taken`): the others are parts that no
    word tells from the whole. Where none is given, it is what other shares of the group are said to be of (`of_others`).
    """
    if percent.period is None or _ANAPHORIC.search(next(sentences_of(percent), percent.evidence.snippet)):
        return None
    group = group_of(percent.dims)
    if (stage := _stage_before(percent)) is not None:
        group = tuple(("stage", stage) if pair[0] == "stage" else pair for pair in percent.dims)
    if stage is None and percent.measure != "responses_on_time" and group == percent.dims:
        group = tuple(pair for pair in group if pair[0] != "regime")
        if group == percent.dims:
            return None
    counted = replace(percent, statistic="count", unit="count")
    measure = "complaints" if percent.measure == "responses_on_time" else percent.measure
    about = observation(replace(counted, measure=measure, dims=group), percent.period)
    wholes = index.get(about, ()) or ((of_others[about],) if about in of_others else ())
    parts = index.get(observation(counted, percent.period), ())
    in_row = [f for f in parts if _in_one_row(f, percent)]
    part = undisputed([f for f in parts if says_again(f, percent)]) or undisputed(in_row) or undisputed(parts)
    again = part is not None and says_again(part, percent)
    whole = undisputed(wholes) or undisputed([f for f in wholes if f.figure_id in taken])
    whole = whole or (_mostly(wholes) if again else None)
    if whole is None or not whole.value or _names_another(percent, whole):
        return None
    if not again and _team(percent) in divided:
        return None
    if part is not None and (part.value or 0) > whole.value and not again:
        return None
    beside = part is not None and _stands_beside(part, percent)
    if not again and not beside and undisputed(index.get(observation(percent, percent.period), ())) is None:
        return None  # “11% were upheld” and “33% were upheld in full or in part” were not told apart
    return Share(percent=percent, whole=whole, part=part, tied=stage is not None and beside)


def group_of(dims: Dims) -> Dims:
    """The part of a breakdown that says which whole a share is of; a team does where something else says which part it counts."""
    told = [name for name, _ in dims if name not in OF_THE_WHOLE and name != "team"]
    return tuple(pair for pair in dims if pair[0] in OF_THE_WHOLE or (told and pair[0] == "team"))


_WORDS = r"(?:[^.;:()\d]|(?<=[Ss]tage )\d){0,60}?"
"""Words of one clause, which hold no number but that of a stage."""
_COUNTED = r"\b(?:complaint|compliment|comment|enquir|request|contact)"
_GAP = rf"{_WORDS}{_COUNTED}{_WORDS}"
"""The same, with what is counted, so that the whole is all of that."""


def says_again(part: Figure, percent: Figure) -> bool:
    """Whether a percentage stands in brackets behind its number of cases and what they are, or the number so behind the percentage.

    “57 complaints at Stage 1 (20.7%)”, “4% of Stage 1 complaints (31)”; or the two in one bracket, “young people (6.2%, 4)”, or behind
    what has most of them.
    """
    if part.evidence.page != percent.evidence.page or _ROW in percent.evidence.snippet:
        return False
    one, other = (re.escape(bare(f)) for f in (part, percent))
    words = percent.evidence.snippet
    pairs = ((one, other), (other, one))
    made_up = rf"\b{one}, (?:had |have )?(?:made up|accounted for|formed|were|was) {other} of (?:the total|all)\b"
    if re.search(made_up, words):
        return True  # “Complaints about the Access Team, of which there were 14, made up 19% of the total.”
    return any(re.search(rf"(?<!\w){a}{_GAP}(?: ?\(|, or ){b}(?!\w)|\({a}, {b}\)", words) for a, b in pairs) or bool(
        re.search(rf"{_MOST}{one} ?\({other}\)", words)
    )


_MOST = rf"\b(?:most|largest|highest|biggest|greatest)\b{_WORDS}{_COUNTED}{_WORDS}(?: with |, )"
"""“The team with the most complaints at Stage 1 was the Contact Team, with 17 (13.4%)”."""


def _is_nested(part: Figure) -> bool:
    """Whether the words before a part speak of parts of a part: “455 were in foster care, of whom 235 …; 38 (8.3%) were far from home”."""
    before = part.evidence.snippet.partition(bare(part))[0]
    return re.search(r"\bof (?:whom|which|these|those|them)\b(?! there (?:were|was) $)", before) is not None


def _is_beside(share: Share) -> bool:
    """Whether the whole is counted in the same words as its part, which would say so if the one were part of the other."""
    return share.whole.evidence.page == share.percent.evidence.page and names(share.percent, share.whole)


def _of_others(share: Share, counts: Iterable[Figure]) -> bool:
    """Whether some wider group of the same year or the year before has a number that the percentage fits: it may be of that."""
    part, period = share.part, share.percent.period
    if part is None or period is None:
        return False
    years = {period.code, period.previous().code}
    wider = [
        f
        for f in counts
        if f.figure_id != part.figure_id and f.period is not None and f.period.code in years
        and _is_wider(f.dims, part.dims) and f.measure in (part.measure, "complaints", "representations")
    ]  # fmt: skip
    trials = [({f.figure_id: f for f in (w, part, share.percent)}, replace(share, whole=w)) for w in wider]
    return any(judge(as_relation(trial), members).outcome.startswith("holds") for members, trial in trials)


def _is_wider(dims: Dims, than: Dims) -> bool:
    """Whether a group takes in another: “foster care” has “foster care more than twenty miles away” as a part of it."""
    told = dict(than)
    return all(name in told and f"{told[name]} ".casefold().startswith(f"{value} ".casefold()) for name, value in dims)


def _mostly(statements: Iterable[Figure]) -> Figure | None:
    """A value that is stated thrice at least, and more often than all others together: those may be of groups that were not told apart."""
    exact = [f for f in statements if is_reliable(f) and f.qualifier == "exact"]
    times = Counter(f.value for f in exact)
    value, often = max(times.items(), key=lambda item: item[1], default=(None, 0))
    return next(f for f in exact if f.value == value) if often >= _OFTEN and 2 * often > len(exact) else None


_OFTEN = 3


def _of_any_year(percent: Figure, whole: Figure) -> tuple[Observation, Observation] | None:
    """What a share observes and what it is of, whatever the year."""
    if percent.period is None or whole.period != percent.period:
        return None
    told = (observation(f, percent.period) for f in (percent, whole))
    one, other = (replace(about, period="") for about in told)
    return one, other


def _without_years(
    stated: Iterable[Relation], by_id: Mapping[str, Figure]
) -> Set[tuple[Observation, Observation] | None]:
    """The shares that the document states in so many words, of some year: “13% were upheld (4 of 31). The year before it was 15% (4)”."""
    told = [
        {role: by_id[i] for i, role in zip(r.figure_ids, r.roles, strict=True)}
        for r in stated
        if r.kind == "share" and set(r.figure_ids) <= by_id.keys() and judge(r, by_id).outcome == "holds"
    ]
    return {_of_any_year(of["percent"], of["whole"]) for of in told if {"percent", "whole"} <= of.keys()} - {None}


def _supported(
    groups: Mapping[Observation, Sequence[Share]], stated: Sequence[Relation], by_id: Mapping[str, Figure]
) -> Set[Observation]:
    """The wholes that the document is seen to give its shares of."""
    tally: dict[Observation, list[Verdict]] = {}
    for about, of in groups.items():
        members = {f.figure_id: f for s in of for f in (s.part, s.whole, s.percent) if f is not None}
        tally.setdefault(about, []).extend(judge(as_relation(s), members) for s in of if s.part is not None)
    for relation in stated:
        whole = by_id.get(relation.figure_ids[relation.roles.index("whole")]) if "whole" in relation.roles else None
        if relation.kind == "share" and whole is not None and whole.period is not None:
            about = observation(whole, whole.period)
            if about in groups:
                tally.setdefault(about, []).append(judge(relation, by_id))
    supported = set()
    for about, verdicts in tally.items():
        holding = sum(v.outcome == "holds" and min(v.powers) >= _POWER for v in verdicts)
        failing = sum(v.outcome in ("fails", "holds_alternative") for v in verdicts)
        if holding >= _HOLDING and failing <= max(1, holding // _FAILING):
            supported.add(about)
    return supported


def _of_hundred(stated: Iterable[Relation], by_id: Mapping[str, Figure]) -> dict[str, Relation]:
    """Percentages that make up 100 with others, by id."""
    sums = [r for r in stated if r.kind == "sum" and "whole" not in r.roles and judge(r, by_id).outcome == "holds"]
    return {i: r for r in sums for i in r.figure_ids}


def _others_possible(share: Share, together: Relation, by_id: Mapping[str, Figure]) -> bool:
    """Whether all others of the percentages that make up 100 are possible for the whole, and that is no accident."""
    others = [by_id[i] for i in together.figure_ids if i != share.percent.figure_id]
    members = {share.whole.figure_id: share.whole} | {f.figure_id: f for f in others}
    verdicts = [judge(as_relation(replace(share, percent=other)), members) for other in others]
    if not all(v.outcome == "holds" for v in verdicts):
        return False
    chance = Fraction(1)
    for verdict in verdicts:
        chance *= 1 - min(verdict.powers)
    return chance <= 1 - Fraction(19, 20)
