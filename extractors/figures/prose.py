"""Figures of running text: every number of a sentence by its role, under the subject of its cluster."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from extractors.figures.clusters import Cluster, find_clusters
from extractors.figures.drafts import Context, Draft, DraftMark, DraftRelation, TextReading, kind_of
from extractors.figures.in_time import is_met, on_time, speaks_of_time
from extractors.figures.leaning import (
    asked,
    asks_of_payments,
    by_quarter,
    carried,
    goes_on,
    in_total,
    intro_of,
    is_said_again,
    is_the_rest,
    outcome_follows,
    run_in_heading,
    said,
    same_of_then,
    shares_verb,
    stage_of_limit,
    topic_after,
    without_aims,
    without_enumeration,
    without_others,
)
from extractors.figures.living import where_living
from extractors.figures.mistyped import without_shifted_pounds
from extractors.figures.ranked import of_ranked_team
from extractors.figures.respective import Told, noun_of_whole, told_in_turn
from extractors.figures.role import Role, in_brackets
from extractors.figures.roles import read_roles
from extractors.figures.statements import measured, qualifier, states_none
from extractors.figures.subject_dims import tidy
from extractors.figures.subjects import Subject, read_subject, said_of
from extractors.figures.when import current_period, read_period
from extractors.language.clause import NUMBER_SIGNS, Sentence, read_sentences
from schemas.figures import MISPRINT, NumberKind
from schemas.periods import Period


def read_prose(text: str, context: Context) -> TextReading:
    """All figures of `text`, with the relations among them and what became of its other numbers."""
    drafts: list[Draft] = []
    relations: list[DraftRelation] = []
    marks: list[DraftMark] = []
    topic, heading = context.topic, context.heading
    for number, printed in enumerate(read_sentences(text, damaged=context.damaged)):
        sentence = without_shifted_pounds(printed)
        if number == 0:
            heading = run_in_heading(sentence, heading)
        reading = _read_sentence(sentence, replace(context, topic=topic, heading=heading), len(drafts))
        drafts += reading.drafts
        relations += reading.relations
        marks += reading.marks
        marks += _labels(sentence)
        topic = reading.topic
    return TextReading(drafts=tuple(drafts), relations=tuple(relations), marks=tuple(marks), topic=topic)


_IT_WAS = re.compile(r"\bit (?:was|had been|is)(?: only| just| as many as)? [№%]")


_OF_WHICH = re.compile(r"(?:, )?of (?:which|whom)\b")
_HOW_MANY = r"(?:and |but )?(?:another |a further |the other )?[№%] (?:\( [№%] \) )?(?:(?:were|was|had|had been) )?"
_UPHELD_TOO = (
    ("not_upheld", re.compile(_HOW_MANY + r"not(?: (?:[,.;(]|and\b|at all\b)|$)")),
    ("partly_upheld", re.compile(_HOW_MANY + r"(?:partially|partly|in part)(?: (?:[,.;(]|and\b)|$)")),
)
"""“Two were fully upheld, six partially and two not at all.”"""


def _words(sentence: Sentence, cluster: Cluster) -> str:
    """The signs of a cluster's segment."""
    return " ".join(sentence.signs[cluster.first : cluster.end])


_REFERENCE = re.compile(r"\b(?:minutes?|items?|papers?|ref|reference|no|numbers?|resolutions?|decisions?)\W+$", re.I)
"""“Minute 2021/21” is the number of a minute."""


def _noun_ahead(sentence: Sentence, cluster: Cluster) -> str | None:
    """What is counted of things that are told in turn: it is named behind the last number."""
    ahead = (t for token in sentence.tokens[cluster.first :] for t in token.terms)
    return next((t.code for t in ahead if t.type == "measure" and t.kind == "noun"), None)


def _labels(sentence: Sentence) -> list[DraftMark]:
    """Numbers within periods, dates and terms (“Stage 1”), which are no numbers of their own."""
    marks: list[DraftMark] = []
    for token in sentence.tokens:
        if token.code is not None:
            marks.append(DraftMark(start=token.start, end=token.end, kind=token.code))
        elif token.period is not None:
            kind: NumberKind = "date" if token.period.kind == "date" else "period"
            reason = MISPRINT if token.period.misprint and not _REFERENCE.search(sentence.text[: token.start]) else ""
            marks.append(DraftMark(start=token.start, end=token.end, kind=kind, reason=reason))
        elif token.terms and any(c.isdigit() for t in token.terms for c in t.text):
            marks.append(DraftMark(start=token.start, end=token.end, kind="label"))
    return marks


def _subject(
    sentence: Sentence,
    cluster: Cluster,
    taken: Subject | None,
    previous: Subject | None,
    shared_out: Mapping[int, Told],
    context: Context,
) -> Subject:
    """What a cluster counts: by its own words, by what it has `taken` from its sentence, by the number `previous` to it, or in turn."""
    subject = read_subject(sentence, cluster, taken, context)
    if not subject.own and (led := said(sentence, cluster, previous, context)):
        measure = subject.measure or (context.default if "complainant" in led else None)
        subject = replace(subject, measure=measure, dims=tidy(measure, {**led, **subject.dims}))
    subject = subject if subject.own else same_of_then(sentence, subject, context)
    if previous is not None and is_said_again(sentence, cluster):
        subject = replace(previous, own=True)
    if (share := shared_out.get(cluster.roles[0].index)) is not None:
        measure, told = share
        kinds = {kind_of(name) for name in told}
        dims = {k: v for k, v in subject.dims.items() if kind_of(k) not in kinds} | told
        themed = context.default if "category" in told else None
        subject = replace(
            subject,
            dims=dims,
            own=True,
            measure=measure or subject.measure or _noun_ahead(sentence, cluster) or themed or noun_of_whole(sentence),
        )
    if previous is not None and previous.dims.get("outcome") in ("upheld", "partly_upheld", "upheld_or_partly"):
        outcome = next((code for code, pattern in _UPHELD_TOO if pattern.match(_words(sentence, cluster))), None)
        subject = subject if outcome is None else replace(subject, dims={**subject.dims, "outcome": outcome}, own=True)
    if subject.measure == "children_supported" and (place := where_living(sentence, cluster, previous)):
        subject = replace(subject, dims={**subject.dims, "category": place}, own=True)
    return subject


def _is_timely(
    sentence: Sentence,
    cluster: Cluster,
    following: Cluster | None,
    subject: Subject,
    context: Context,
    *,
    before: bool,
    in_turn: bool,
) -> bool:
    """Whether a cluster speaks of answers in time: by its own words, by those `before` it that it goes on with, or with the next."""
    if subject.measure == "initial_feedback":
        return False
    if subject.measure == "subject_access_requests" and is_met(sentence, cluster):
        return True
    goes_with = before and (goes_on(sentence, cluster) or bool(_IT_WAS.search(_words(sentence, cluster))))
    in_turn = in_turn and speaks_of_time(sentence.signs)
    if goes_with or in_turn or on_time(sentence, cluster, context.topic):
        return True
    return following is not None and shares_verb(sentence, cluster) and on_time(sentence, following, context.topic)


def _read_sentence(sentence: Sentence, context: Context, first_key: int) -> TextReading:
    roles = without_others(sentence, without_enumeration(sentence, read_roles(sentence)), context)
    roles = without_aims(sentence, roles, context)
    marks = [_mark(sentence, r) for r in roles if r.kind is not None]
    drafts: list[Draft] = []
    clusters = find_clusters(sentence, roles)
    whole_role = next((r for r in roles if r.name == "whole" and r.kind is None), None)
    intro = intro_of(sentence, clusters, whole_role, context)
    shared_out = told_in_turn(sentence, clusters, context.topic)
    counted: dict[int, Subject] = {}
    previous: Subject | None = None
    outer: Subject | None = None
    parts = listed = timely = False
    for cluster, following in zip(clusters, (*clusters[1:], None), strict=False):
        aside = in_brackets(sentence, cluster.roles[0].index)
        listed = listed or (cluster.first > 0 and sentence.signs[cluster.first - 1] == ":")
        listed = listed or _OF_WHICH.match(_words(sentence, cluster)) is not None
        parts = parts or listed or said_of(sentence, cluster)
        before = carried(previous if aside or outer is None else outer, parts=parts, listed=listed)
        if before is not None and before.measure == "adr_cases" and is_the_rest(sentence, cluster):
            before = replace(before, measure="complaints")  # those that were not settled so
        taken = intro or in_total(sentence, cluster, before, clusters)
        subject = _subject(sentence, cluster, taken, previous, shared_out, context)
        if (first := cluster.roles[0].again) is not None:
            subject = counted[first]
        counted |= {role.index: subject for role in cluster.roles}
        in_turn = cluster.roles[0].index in shared_out
        timely = _is_timely(sentence, cluster, following, subject, context, before=timely, in_turn=in_turn)
        if timely and not subject.dims.keys() & {"stage", "regime"} and (stage := stage_of_limit(sentence)):
            subject = replace(subject, dims={**subject.dims, "stage": stage})
        placed, lost = _cluster_drafts(sentence, cluster, subject, timely, context, first_key + len(drafts))
        drafts += placed
        marks += lost
        if subject.measure is not None and not (
            subject.measure == "payments" and previous and outcome_follows(sentence, cluster)
        ):
            previous = subject
            outer = outer if aside else subject
    if whole_role is not None:
        beside = counted.get(max((i for i in counted if i < whole_role.index), default=-1), previous)
        drafts += _whole_draft(sentence, whole_role, intro or beside, context, first_key + len(drafts))
        if not drafts or drafts[-1].rule != "whole":
            marks.append(
                DraftMark(
                    start=sentence.tokens[whole_role.index].start,
                    end=sentence.tokens[whole_role.index].end,
                    kind="unplaced",
                    reason="a whole of nothing known",
                )
            )
    drafts = of_ranked_team(sentence, drafts)
    topic = topic_after(sentence, intro, previous.measure if previous else None, drafts, context)
    last = next((d for d in reversed(drafts) if not d.definite), None)
    topic = replace(
        topic,
        counted=tuple((d.measure, d.dims) for d in drafts if d.rule in ("level", "none") and not d.definite),
        paid=any(d.measure == "payments" for d in drafts)
        or (not drafts and (context.topic.paid or asks_of_payments(sentence))),
        said=last.dims
        if last is not None
        else asked(sentence) or (context.topic.said if len(sentence.tokens) < 4 else {}),
    )
    return TextReading(drafts=tuple(drafts), relations=(), marks=tuple(marks), topic=topic)


def _mark(sentence: Sentence, role: Role) -> DraftMark:
    token = sentence.tokens[role.index]
    return DraftMark(start=token.start, end=token.end, kind=role.kind or "unplaced", reason=role.rule)


def _cluster_drafts(
    sentence: Sentence, cluster: Cluster, subject: Subject, timely: bool, context: Context, key: int
) -> tuple[list[Draft], list[DraftMark]]:
    current = current_period(sentence, cluster, context, subject.measure)
    quarters = by_quarter(sentence, current)
    drafts: list[Draft] = []
    marks: list[DraftMark] = []
    for role in cluster.roles:
        draft = _draft(sentence, role, cluster, subject, timely, current, context, key + len(drafts))
        if draft is None:
            token = sentence.tokens[role.index]
            marks.append(
                DraftMark(start=token.start, end=token.end, kind="unplaced", reason=f"{role.name} of nothing known")
            )
        else:
            drafts.append(replace(draft, period=quarters.get(role.index, draft.period)))
    return drafts, marks


def _draft(
    sentence: Sentence,
    role: Role,
    cluster: Cluster,
    subject: Subject,
    timely: bool,
    current: Period | None,
    context: Context,
    key: int,
) -> Draft | None:
    token = sentence.tokens[role.index]
    number = token.number
    assert number is not None
    found = measured(sentence, role, cluster, subject, timely, number, context)
    if found is None:
        return None
    measure, statistic, unit, dims = found
    if number.none and not states_none(sentence, role, subject):
        return None
    value = number.value
    proposed = number.proposed
    period = read_period(sentence, role, cluster, current, context, measure)
    if (
        role.name in ("change", "points")
        and period
        and period.start
        and context.period is not None
        and period.end < context.period.end
    ):
        # a change is one of the document's year, unless its own period is printed beside it
        period = context.period if period == current and len(cluster.roles) > 1 else period
    if value is not None and (role.name in ("change", "points") or role.rule == "time change"):
        value = value if number.signed else abs(value) * role.sign
    if value is not None and statistic == "percent_of" and value > 100:
        proposed = _lost_percent(value)
        value = None
    return Draft(
        key=key, start=token.start, end=token.end, measure=measure, statistic=statistic, dims=dims, value=value,
        unit=unit, decimals=number.decimals, period=period,
        qualifier=qualifier(sentence, role.index), proposed=proposed, damaged=number.damaged,
        rule=role.rule, confidence=0.9, cluster=sentence.start * 1000 + cluster.first, sentence=sentence.start,
    )  # fmt: skip


def _lost_percent(value: Decimal) -> Decimal | None:
    """A share above 100%: the sign was read as a digit as well (“50%” became “509%”), so the last digit goes."""
    shorter = str(value)[:-1]
    return Decimal(shorter) if shorter.isdigit() and Decimal(shorter) <= 100 else None


def _whole_draft(sentence: Sentence, role: Role, subject: Subject | None, context: Context, key: int) -> list[Draft]:
    """The whole of “10 of the 62”: a figure that the text takes for known."""
    behind = 6 if sentence.signs[role.index - 1] == "(" else 2  # “the number of complaints at Stage 1 (48)”
    group = Cluster(roles=(role,), first=max(0, role.index - behind), end=_phrase_end(sentence, role.index))
    named = read_subject(sentence, group, None, context)
    if not named.own and subject is not None:
        named = read_subject(sentence, group, carried(subject), context)
    measure = named.measure if named.own else (subject.measure if subject else named.measure)
    number = sentence.tokens[role.index].number
    if re.search(r"\b(?:remaining|other) $", sentence.before(role.index)):
        return []
    if not measure or number is None or measure in ("payments", "savings"):
        return []
    dims = (
        named.dims
        if named.own or subject is None
        else {**{k: v for k, v in subject.dims.items() if k in ("stage", "regime", "service", "cohort")}, **named.dims}
    )
    token = sentence.tokens[role.index]
    if measure == "responses_on_time":
        measure = "complaints"
    if (
        measure == "complaints"
        and any(t.code == "ombudsman_cases" for tok in sentence.tokens for t in tok.terms)
        and "stage" not in dims
    ):
        measure = "ombudsman_cases"
    return [
        Draft(
            key=key, start=token.start, end=token.end, measure=measure, statistic="count", dims=dims, value=number.value,
            unit="count", decimals=number.decimals, period=current_period(sentence, group, context, measure),
            proposed=number.proposed, damaged=number.damaged, definite=True, rule="whole", sentence=sentence.start,
        )
    ]  # fmt: skip


def _phrase_end(sentence: Sentence, index: int) -> int:
    for i in range(index + 1, len(sentence.tokens)):
        if (
            sentence.signs[i] in (",", ")", "(", ":", ";", "were", "was", "had", "came", "have", "are")
            or sentence.signs[i] in NUMBER_SIGNS
        ):
            return i
    return len(sentence.tokens)
