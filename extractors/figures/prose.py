"""Figures of running text: every number of a sentence by its role, under the subject of its cluster."""

import re
from dataclasses import replace
from decimal import Decimal

from extractors.figures.clusters import Cluster, find_clusters
from extractors.figures.drafts import Context, Draft, DraftMark, DraftRelation, TextReading, Topic
from extractors.figures.roles import Role, in_brackets, read_roles
from extractors.figures.subjects import (
    Subject,
    current_period,
    on_time,
    read_period,
    read_subject,
    said_of,
    speaks_of_time,
    tidy,
)
from extractors.figures.themes import label_before
from extractors.language.clause import NUMBER, NUMBER_SIGNS, PERCENT, TERM, Sentence, read_sentences
from extractors.language.numbers import Number
from schemas.figures import NumberKind, Qualifier, Statistic
from schemas.periods import Period
from schemas.vocabulary import parts_of


def read_prose(text: str, context: Context) -> TextReading:
    """All figures of `text`, with the relations among them and what became of its other numbers."""
    drafts: list[Draft] = []
    relations: list[DraftRelation] = []
    marks: list[DraftMark] = []
    topic, heading = context.topic, context.heading
    for number, sentence in enumerate(read_sentences(text, damaged=context.damaged)):
        if number == 0:
            heading = _run_in_heading(sentence, heading)
        reading = _read_sentence(sentence, replace(context, topic=topic, heading=heading), len(drafts))
        drafts += reading.drafts
        relations += reading.relations
        marks += reading.marks
        marks += _labels(sentence)
        topic = reading.topic
    return TextReading(drafts=tuple(drafts), relations=tuple(relations), marks=tuple(marks), topic=topic)


def _run_in_heading(sentence: Sentence, heading: Topic) -> Topic:
    """A few words with a full stop before the text (“Stage 2. Eleven complaints …”) stand over the rest of it."""
    if len(sentence.tokens) > 4 or sentence.signs[-1] != "." or any(True for _ in sentence.numbers()):
        return heading
    dims = {t.name: t.code for tok in sentence.tokens for t in tok.terms if t.type == "dim" and t.name in ("stage", "regime")}
    measures = [t.code for tok in sentence.tokens for t in tok.terms if t.type == "measure" and t.kind in ("noun", "body")]
    return Topic(measure=measures[0] if measures else heading.measure, dims={**heading.dims, **dims})


def _labels(sentence: Sentence) -> list[DraftMark]:
    """Numbers within periods, dates and terms (“Stage 1”), which are no numbers of their own."""
    marks: list[DraftMark] = []
    for token in sentence.tokens:
        if token.code is not None:
            marks.append(DraftMark(start=token.start, end=token.end, kind=token.code))
        elif token.period is not None:
            kind: NumberKind = "date" if token.period.kind == "date" else "period"
            marks.append(DraftMark(start=token.start, end=token.end, kind=kind))
        elif token.terms and any(c.isdigit() for t in token.terms for c in t.text):
            marks.append(DraftMark(start=token.start, end=token.end, kind="label"))
    return marks


def _read_sentence(sentence: Sentence, context: Context, first_key: int) -> TextReading:
    roles = _without_others(sentence, _without_enumeration(sentence, read_roles(sentence)), context)
    marks = [_mark(sentence, r) for r in roles if r.kind is not None]
    drafts: list[Draft] = []
    clusters = find_clusters(sentence, roles)
    whole_role = next((r for r in roles if r.name == "whole" and r.kind is None), None)
    intro = _intro(sentence, clusters, whole_role, context)
    shared_out = _respectively(sentence, clusters)
    previous: Subject | None = None
    timely = False
    for cluster in clusters:
        subject = read_subject(sentence, cluster, intro or _carried(previous), context)
        if not subject.own and (said := _said(sentence, cluster, previous, context)):
            subject = replace(subject, dims=tidy(subject.measure, {**said, **subject.dims}))
        if cluster.roles[0].index in shared_out:
            subject = replace(subject, dims={**subject.dims, **shared_out[cluster.roles[0].index]}, own=True)
        timely = on_time(sentence, cluster, context.topic) or (timely and _goes_on(sentence, cluster))
        placed, lost = _cluster_drafts(sentence, cluster, subject, timely, context, first_key + len(drafts))
        drafts += placed
        marks += lost
        if subject.measure is not None:
            previous = subject
    if whole_role is not None:
        drafts += _whole_draft(sentence, whole_role, intro or previous, context, first_key + len(drafts))
        if not drafts or drafts[-1].rule != "whole":
            marks.append(DraftMark(start=sentence.tokens[whole_role.index].start, end=sentence.tokens[whole_role.index].end, kind="unplaced", reason="a whole of nothing known"))
    topic = _topic_after(sentence, intro, previous.measure if previous else None, drafts, context)
    last = next((d for d in reversed(drafts) if not d.definite), None)
    topic = replace(
        topic,
        paid=any(d.measure == "payments" for d in drafts) or (context.topic.paid and not drafts),
        said=last.dims if last is not None else _asked(sentence),
    )
    return TextReading(drafts=tuple(drafts), relations=(), marks=tuple(marks), topic=topic)


def _without_others(sentence: Sentence, roles: tuple[Role, ...], context: Context) -> tuple[Role, ...]:
    """No figures where another authority is the subject (“Sandwell had received 131 complaints and Walsall 97”)."""
    printed = sentence.text[sentence.start : sentence.end]
    names = "|".join(re.escape(name) for name in context.others)
    if not names or not re.match(rf"(?:\S+ ){{0,3}}(?:{names})(?: \w+){{0,3}} (?:had|has|have|received|reported|recorded|saw|with)\b", printed):
        return roles
    return tuple(replace(r, name="none", kind=r.kind or "other_body") for r in roles)


def _without_enumeration(sentence: Sentence, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Numbers that count up from 1 before capitalised words are those of a list (“1 Introduction 2 Complaints received 3 …”)."""
    plain = [r for r in roles if sentence.signs[r.index] == NUMBER]
    values = [n.value for r in plain if (n := sentence.tokens[r.index].number) is not None]
    if len(values) < 3 or values != list(range(1, len(values) + 1)):
        return roles
    numbers = {r.index for r in plain}
    return tuple(Role(index=r.index, name="none", kind="list_marker", rule="enumeration") if r.index in numbers else r for r in roles)


def _respectively(sentence: Sentence, clusters: tuple[Cluster, ...]) -> dict[int, dict[str, str]]:
    """“Upheld and partially upheld complaints were 9 and 17 respectively”: the value of each number, by token index."""
    if "respectively" not in sentence.signs:
        return {}
    end = sentence.signs.index("respectively")
    heads = [c.roles[0].index for c in clusters if c.roles[0].index < end]
    named = _named(sentence, 0, heads[0] if heads else 0)
    if len(named) < len(heads):
        named = _named(sentence, heads[-1] + 1 if heads else 0, end)
        heads = heads[-len(named) :]
    named = [n for n in named if n[0] == named[-1][0]] if named else []
    names = {name for name, _ in named[-len(heads) :]}
    if len(heads) < 2 or len(named) < len(heads) or len(names) != 1:
        return {}
    told = named[-len(heads) :]
    again = [c.roles[0].index for c in clusters if c.roles[0].index > end]
    heads += again if len(again) == len(heads) else []
    return {i: {name: code} for i, (name, code) in zip(heads, told * 2, strict=False)}


def _carried(previous: Subject | None) -> Subject | None:
    """What a cluster without a noun of its own takes from the one before: its measure and group, not its outcome."""
    if previous is None:
        return None
    dims = {k: v for k, v in previous.dims.items() if k in ("stage", "regime", "service", "cohort")}
    return Subject(measure=previous.measure, dims=dims, own=False)


def _goes_on(sentence: Sentence, cluster: Cluster) -> bool:
    """Whether a cluster says the same of another period (“69% … (target 80%; 74% in 2017/18)”, “…, whereas it had been 71%”)."""
    index = cluster.roles[0].index
    told_again = re.search(r"\bwhich (?:was|is) $", sentence.before(index))
    return bool(in_brackets(sentence, index) or sentence.signs[index] == PERCENT or told_again) and TERM not in sentence.signs[cluster.first : cluster.end]


def _asked(sentence: Sentence) -> dict[str, str]:
    """What a question asks the number of (“How many complaints came from children in care?”)."""
    if not re.search(r"\b(?:how many|what number|what share|what proportion|how often)\b", " ".join(sentence.signs)):
        return {}
    return {t.name: t.code for tok in sentence.tokens for t in tok.terms if t.type == "dim" and t.code}


def _named(sentence: Sentence, first: int, end: int) -> list[tuple[str, str]]:
    """Dimension values named in a stretch of tokens, in order; “Stages 2 and 3” names two, and a value with parts its parts."""
    named: list[tuple[str, str]] = []
    for token in sentence.tokens[first:end]:
        for term in token.terms:
            if term.type == "dim" and term.code:
                named += [(term.name, part) for part in parts_of(term.name, term.code)]
        if token.number is not None and named and named[-1][0] == "stage":
            named.append(("stage", token.number.text))
    return named


def _said(sentence: Sentence, cluster: Cluster, previous: Subject | None, context: Context) -> dict[str, str]:
    """The breakdown that “of whom” and “that was” lead back to."""
    if previous is not None:
        return previous.dims if said_of(sentence, cluster) else {}
    answers = r"^(?:that|this) (?:was|is|represents) |^№ (?:, |\. |had )|^the (?:reply|answer) was |^there had been |^(?:there|it) (?:were|was) "
    return context.topic.said if re.match(answers, " ".join(sentence.signs) + " ") else {}


def _intro(sentence: Sentence, clusters: tuple[Cluster, ...], whole: Role | None, context: Context) -> Subject | None:
    """The group that a sentence speaks of as a whole: “Of the 62 Stage 1 complaints, …”, “At Stage 1, …”."""
    if not clusters:
        return None
    first = clusters[0].roles[0].index
    if whole is not None and whole.index < first:
        group = Cluster(roles=(whole,), first=0, end=first)
        return read_subject(sentence, group, None, context)
    leading = [t for tok in sentence.tokens[:first] for t in tok.terms]
    names = {t.name for t in leading if t.type == "dim"}
    if len(clusters) > 1 and names & {"stage", "regime"} and re.match(r"^(?:at|for|under|in|of) ", " ".join(sentence.signs[:first]) + " "):
        group = Cluster(roles=(Role(index=first, name="level"),), first=0, end=first)
        subject = read_subject(sentence, group, None, context)
        return Subject(measure=subject.measure or "complaints", dims=subject.dims, own=False)
    return None


def _mark(sentence: Sentence, role: Role) -> DraftMark:
    token = sentence.tokens[role.index]
    return DraftMark(start=token.start, end=token.end, kind=role.kind or "unplaced", reason=role.rule)


def _cluster_drafts(
    sentence: Sentence, cluster: Cluster, subject: Subject, timely: bool, context: Context, key: int
) -> tuple[list[Draft], list[DraftMark]]:
    current = current_period(sentence, cluster, context, subject.measure)
    quarters = _by_quarter(sentence, current)
    drafts: list[Draft] = []
    marks: list[DraftMark] = []
    for role in cluster.roles:
        draft = _draft(sentence, role, cluster, subject, timely, quarters.get(role.index, current), context, key + len(drafts))
        if draft is None:
            token = sentence.tokens[role.index]
            marks.append(DraftMark(start=token.start, end=token.end, kind="unplaced", reason=f"{role.name} of nothing known"))
        else:
            drafts.append(draft)
    return drafts, marks


def _draft(
    sentence: Sentence, role: Role, cluster: Cluster, subject: Subject, timely: bool, current: Period | None, context: Context, key: int
) -> Draft | None:
    token = sentence.tokens[role.index]
    number = token.number
    assert number is not None
    measured = _measured(sentence, role, cluster, subject, timely, number, context)
    if measured is None:
        return None
    measure, statistic, unit, dims = measured
    if number.none and not _states_none(sentence, role, subject):
        return None
    value = number.value
    proposed = number.proposed
    period = read_period(sentence, role, cluster, current, context, measure)
    if role.name in ("change", "points") and period and period.start and context.period is not None and period.end < context.period.end:
        # a change is one of the document's year, unless its own period is printed beside it
        period = context.period if period == current and len(cluster.roles) > 1 else period
    if value is not None and role.name in ("change", "points"):
        value = value if number.signed else abs(value) * role.sign
    if value is not None and statistic == "percent_of" and value > 100:
        proposed = _lost_percent(value)
        value = None
    return Draft(
        key=key, start=token.start, end=token.end, measure=measure, statistic=statistic, dims=dims, value=value,
        unit=unit, decimals=number.decimals, period=period,
        qualifier=_qualifier(sentence, role.index), proposed=proposed, damaged=number.damaged,
        rule=role.rule, confidence=0.9, cluster=sentence.start * 1000 + cluster.first, sentence=sentence.start,
    )  # fmt: skip


def _by_quarter(sentence: Sentence, year: Period | None) -> dict[int, Period]:
    """“By quarter the numbers had been 61, 71, 45 and 80”: the quarter of each of four numbers, by token index."""
    by = re.search(r"\b(?:by|each|per|every) quarter|\bquarterly|\bin the four quarters", " ".join(sentence.signs))
    if not by or year is None or year.kind != "year":
        return {}
    m = re.search(r"№ , № , №(?: ,)?(?: and)? №", " ".join(sentence.signs))
    if not m:
        return {}
    first = len(" ".join(sentence.signs)[: m.start()].split())
    indices = [i for i in range(first, first + len(m[0].split())) if sentence.signs[i] == NUMBER]
    return {i: Period.quarter(year.financial_year, n) for n, i in enumerate(indices, start=1)}


def _lost_percent(value: Decimal) -> Decimal | None:
    """A share above 100%: the sign was read as a digit as well (“50%” became “509%”), so the last digit goes."""
    shorter = str(value)[:-1]
    return Decimal(shorter) if shorter.isdigit() and Decimal(shorter) <= 100 else None


def _measured(
    sentence: Sentence, role: Role, cluster: Cluster, subject: Subject, timely: bool, number: Number, context: Context
) -> tuple[str, Statistic, str, dict[str, str]] | None:
    """Measure, statistic, unit and dims of one number; None when it cannot be told what it counts."""
    percent = number.unit == "percent"
    if number.unit == "GBP":
        return _money(sentence, role, subject, context)
    if role.name == "time" or (role.name in ("prior",) and any(r.name == "time" for r in cluster.roles)):
        if context.default is None and not (subject.measure == "complaints" and subject.own) and not _ANSWERING & set(sentence.signs):
            return None
        return "response_time", _average(sentence, role.index), _time_unit(sentence), _time_dims(subject.dims)
    measure, dims = subject.measure, dict(subject.dims)
    if measure in ("payments", "savings"):
        if percent or role.name != "level" or not re.search(r"\bin $", sentence.before(role.index)):
            return None
        return "payments", "count", "count", {}
    if timely and measure is None:
        measure = context.default
    if not measure or (context.default is None and not _plainly_counted(sentence, role, cluster, subject, context)):
        return None
    labelled = _list_label(sentence, role, labelled=context.labelled)
    if subject.theme is not None and not set(dims) & {"category", "service", "complainant", "event"}:
        dims[subject.theme[0]] = subject.theme[1]
        labelled = ""
    if labelled and not set(dims) & {"category", "outcome", "event", "complainant"}:
        dims["category"] = labelled
    ahead = sentence.tokens[role.index + 1 : role.index + 2]
    if ahead and ahead[0].terms and all(t.name == "source" for t in ahead[0].terms) and measure not in ("enquiries", "responses_on_time"):
        # “two members had each met a family” counts members, not what they ask
        return None
    if timely and role.name == "points":
        return "responses_on_time", "change", "percentage_points", {k: v for k, v in dims.items() if k not in ("outcome", "event")}
    if timely and (percent or role.name in ("level", "prior")) and role.name not in ("change",):
        dims = {k: v for k, v in dims.items() if k not in ("outcome", "event", "category")}
        return "responses_on_time", "percent_of" if percent else "count", "percent" if percent else "count", dims
    if role.name == "rate":
        return measure, "rate", _rate_unit(sentence, role.index), dims
    if role.name == "points":
        return measure, "change", "percentage_points", dims
    if role.name == "change":
        return measure, "percent_change" if percent else "change", "percent" if percent else "count", dims
    if percent:
        if not subject.own and not timely and (_share_of_unknown(sentence, role.index) or not _elliptical(sentence, role, cluster, context)):
            return None
        return measure, "percent_of", "percent", dims
    if not subject.own and not _elliptical(sentence, role, cluster, context):
        return None
    return measure, "count", "count", dims


def _is_label_and_value(sentence: Sentence, role: Role) -> bool:
    return len(sentence.tokens) - role.index <= 5 and role.index > 0


_ANSWERING = frozenset(("reply", "replies", "respond", "responded", "response", "responses", "answer", "answered"))


def _plainly_counted(sentence: Sentence, role: Role, cluster: Cluster, subject: Subject, context: Context) -> bool:
    """Whether a number counts its measure beyond doubt. Asked in papers that are not about complaints as a whole.

    There many things are counted that no measure covers, so a level must stand right before its noun, and a share before
    “of” and its noun; what hangs on a plain number follows it.
    """
    if context.listed or cluster.roles[0].index != role.index:
        return True
    if said_of(sentence, cluster) and subject.measure == context.topic.measure:
        return True
    if not subject.own and role.name in ("level", "share", "none"):
        return False
    ahead = sentence.tokens[role.index + 1 : role.index + (6 if sentence.signs[role.index] == PERCENT else 5)]
    nouns = [t for tok in ahead for t in tok.terms if t.type == "measure" and t.kind in ("noun", "close") and t.code == subject.measure]
    if subject.measure == "children_supported":
        people = [t for tok in ahead for t in tok.terms if t.name in ("complainant", "cohort")]
        return bool(people or nouns or role.name in ("rate", "prior", "change")) and "cohort" in subject.dims
    return bool(nouns) or role.name in ("change", "prior")


def _list_label(sentence: Sentence, role: Role, *, labelled: bool = False) -> str:
    """The label of a list entry that is a label and a value and no more: “delay - 22%”."""
    m = re.match(rf"^((?:[a-z][\w']* |[T,/&] )+)(?:-|–|:){'?' if labelled else ''} ?$", sentence.before(role.index))
    if m is None or len(m[1].split()) > 10 or len(sentence.tokens) - role.index > 5:
        return ""
    label = sentence.tokens[: len(m[1].split())]
    if any(t.type == "measure" and t.kind in ("noun", "body") or t.type == "dim" and t.code or t.type == "cue" for tok in label for t in tok.terms):
        return ""
    return " ".join(tok.terms[0].text.lower() if tok.terms else tok.sign for tok in label)


def _share_of_unknown(sentence: Sentence, index: int) -> bool:
    """Whether a percentage is of a thing that the vocabulary does not count (“95% of parents said …”, “59% of them” is known)."""
    m = re.match(r"^ of (?:the |all |our |its |their )*", sentence.after(index))
    if m is None:
        return False
    base = sentence.tokens[index + 1 + len(m[0].split()) :][:1]
    if not base or base[0].number is not None or base[0].sign in ("these", "those", "them", "which", "whom", "it", "cases"):
        return False
    return not any(t.type == "measure" or t.name in ("stage", "regime", "outcome", "cohort") for t in base[0].terms)


def _elliptical(sentence: Sentence, role: Role, cluster: Cluster, context: Context) -> bool:
    """Whether a bare number may count the topic: its segment has a term, a verb follows, or it stands in a comparison."""
    if role.name == "prior" or role.host is not None:
        return True
    segment = sentence.tokens[cluster.first : cluster.end]
    if any(t.terms and any(x.type != "cue" for x in t.terms) for t in segment):
        return True
    if said_of(sentence, cluster) or (context.labelled and _is_label_and_value(sentence, role)):
        return True
    if context.listed and not re.search(r"[№%∅]", sentence.before(cluster.roles[0].index)):
        return True
    if re.match(r"^ (?:in all|altogether|in total|overall)\b", sentence.after(role.index)):
        return True
    if re.match(r"^ , (?:the|she|he|it|they|officers?)\b|^ \.$", sentence.after(role.index)) and role.index == 0:
        # the answer to a question: “How many …? Nineteen, the Manager answered”
        return True
    if re.search(r"◷ \( $|№ T (?:, |and |, and )$", sentence.before(role.index)) or re.match(r"^ (?:in |for |during )?◷", sentence.after(role.index)):
        return True
    if re.search(r"\b(?:further|another|remaining|other|rest) $", sentence.before(role.index)) or label_before(sentence, cluster, role.index):
        return True
    if sentence.signs[role.index] == PERCENT and re.search(r"% [^;.]*(?:, |and |, and not )$", sentence.before(role.index)):
        return True
    if re.search(r"◷ (?:, |: |there were )?$|\b(?:number|figure|total|numbers|figures|shares?)\b[^;.]*$|\bit (?:had been|was) $|◷ (?:having been |, )?(?:when |where )?(?:there (?:were|had been) |it (?:was|had been) )?$|\b(?:reply|answer|equivalent|total|figure) (?:was|is|had been) $|\b(?:stood|stands?|numbered|totalled|reached) (?:at )?$|^[^.]* (?:-|–|:) $", sentence.before(role.index)):
        return True
    after = sentence.after(role.index)
    return bool(re.match(r"^ (?:\( [№%] \) )?(?:were|was|had|came|went|did|from|about|of|related|concerned|\))\b", after))


def _states_none(sentence: Sentence, role: Role, subject: Subject) -> bool:
    after = sentence.after(role.index)
    return bool(re.match(r"^ (?:T\b|(?:had|was|were|have|has|went|are|is|live|lives|of the|of these)\b|\w+ T\b)", after)) and subject.measure is not None and not subject.generic


def _money(sentence: Sentence, role: Role, subject: Subject, context: Context) -> tuple[str, Statistic, str, dict[str, str]] | None:
    measure = subject.measure
    if measure not in ("payments", "savings"):
        if not (context.topic.paid and re.search(r"\b(?:it was|sum|total|figure|amount|amounted to|was) (?:was |of )?$", sentence.before(role.index))):
            return None
        measure = "payments"
    after = sentence.after(role.index)
    if role.name == "change":
        return measure, "change", "GBP", {}
    statistic: Statistic = "mean" if re.match(r"^ (?:a|per|for each|each|an) ", after) else "amount"
    return measure, statistic, "GBP", {}


def _average(sentence: Sentence, index: int) -> Statistic:
    for token in sentence.tokens[index + 1 : index + 4]:
        if sentence.signs[index + 1 : index + 2] == ("being",) and any(t.code == "median" for t in token.terms):
            return "median"
    for token in reversed(sentence.tokens[:index]):
        for term in token.terms:
            if term.code in ("average", "median"):
                return "median" if term.code == "median" else "mean"
    return "mean"


def _time_unit(sentence: Sentence) -> str:
    return "working_days" if "working" in sentence.signs else "days"


def _time_dims(dims: dict[str, str]) -> dict[str, str]:
    return {k: v for k, v in dims.items() if k in ("stage", "regime", "service")}


def _rate_unit(sentence: Sentence, index: int) -> str:
    base = next((t.number for t in sentence.tokens[index + 1 :] if t.number is not None), None)
    return f"per_{base.value:f}_children" if base is not None and base.value is not None else "rate"


def _qualifier(sentence: Sentence, index: int) -> Qualifier:
    before = sentence.before(index)
    if re.search(r"(?:▲ than|over|at least|as many as) $", before):
        return "at_least"
    if re.search(r"(?:▼ than|up to|at most|under|as few as) $", before):
        return "at_most"
    if re.search(r"(?:about|around|approximately|almost|nearly|just under|just over|some|roughly|circa) $", before):
        return "about"
    return "exact"


def _whole_draft(sentence: Sentence, role: Role, subject: Subject | None, context: Context, key: int) -> list[Draft]:
    """The whole of “10 of the 62”: a figure that the text takes for known."""
    group = Cluster(roles=(role,), first=max(0, role.index - 2), end=_phrase_end(sentence, role.index))
    named = read_subject(sentence, group, None, context)
    measure = named.measure if named.own else (subject.measure if subject else named.measure)
    number = sentence.tokens[role.index].number
    if re.search(r"\b(?:remaining|other) $", sentence.before(role.index)):
        return []
    if not measure or number is None or measure in ("payments", "savings"):
        return []
    dims = named.dims if named.own or subject is None else {**{k: v for k, v in subject.dims.items() if k in ("stage", "regime", "service", "cohort")}, **named.dims}
    token = sentence.tokens[role.index]
    if measure == "responses_on_time":
        measure = "complaints"
    if measure == "complaints" and any(t.code == "ombudsman_cases" for tok in sentence.tokens for t in tok.terms) and "stage" not in dims:
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
        if sentence.signs[i] in (",", ")", "(", ":", ";", "were", "was", "had", "came", "have", "are") or sentence.signs[i] in NUMBER_SIGNS:
            return i
    return len(sentence.tokens)


def _topic_after(
    sentence: Sentence, intro: Subject | None, previous_measure: str | None, drafts: list[Draft], context: Context
) -> Topic:
    """What the next sentence may lean on: the group of this one, or its first subject; a sentence without figures keeps the topic."""
    timely = speaks_of_time(sentence.signs) or (context.topic.timely and all(d.measure == "responses_on_time" for d in drafts if not d.definite))
    if previous_measure == "":
        return Topic(measure="", timely=timely)
    if intro is not None and intro.measure:
        return Topic(measure=intro.measure, dims=intro.dims, timely=timely, period=context.topic.period)
    if drafts:
        first = next((d for d in drafts if d.measure not in ("response_time", "responses_on_time", "payments")), None)
        late = next((d for d in drafts if d.measure == "responses_on_time"), None)
        if first is None and late is not None:
            return Topic(measure=context.topic.measure, dims=late.dims, timely=timely)
        if first is not None:
            level = next((d for d in drafts if d.rule in ("level", "share", "none", "whole")), None)
            stock = context.topic.period
            if level is not None and level.period is not None and level.period.start is None:
                stock = level.period
            return Topic(period=stock, measure=first.measure, dims={k: v for k, v in first.dims.items() if k in ("stage", "regime", "service", "cohort")}, timely=timely)
        return replace(context.topic, timely=timely)
    nouns = [t for tok in sentence.tokens for t in tok.terms if t.type == "measure" and t.kind in ("noun", "body") and t.code not in ("payments", "savings")]
    dims = {t.name: t.code for tok in sentence.tokens for t in tok.terms if t.type == "dim" and t.name in ("stage", "regime")}
    if nouns:
        return Topic(measure=nouns[0].code, dims=dims, timely=timely)
    if dims:
        return Topic(measure=context.topic.measure, dims=dims, timely=timely)
    return replace(context.topic, timely=timely)
