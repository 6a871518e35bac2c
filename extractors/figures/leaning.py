"""What a sentence leans on: its introduction, the cluster before, the sentence before, and what it leaves to the next."""

import re
from dataclasses import replace

from extractors.figures.breakdowns import asked_in
from extractors.figures.clusters import Cluster
from extractors.figures.drafts import Context, Draft, Topic
from extractors.figures.in_time import speaks_of_time
from extractors.figures.role import Role, in_brackets
from extractors.figures.subject_dims import tidy
from extractors.figures.subjects import Subject, read_subject, said_of
from extractors.language.clause import NUMBER, PERCENT, PERIOD, TERM, Sentence
from schemas.periods import Period


def run_in_heading(sentence: Sentence, heading: Topic) -> Topic:
    """A few words with a full stop before the text (“Stage 2. Eleven complaints …”) stand over the rest of it."""
    if len(sentence.tokens) > 4 or sentence.signs[-1] != "." or any(True for _ in sentence.numbers()):
        return heading
    dims = {
        t.name: t.code
        for tok in sentence.tokens
        for t in tok.terms
        if t.type == "dim" and t.name in ("stage", "regime")
    }
    measures = [
        t.code for tok in sentence.tokens for t in tok.terms if t.type == "measure" and t.kind in ("noun", "body")
    ]
    return Topic(measure=measures[0] if measures else heading.measure, dims={**heading.dims, **dims})


def without_others(sentence: Sentence, roles: tuple[Role, ...], context: Context) -> tuple[Role, ...]:
    """No figures where another authority is the subject (“Sandwell had received 131 complaints and Walsall 97”)."""
    printed = sentence.text[sentence.start : sentence.end]
    names = "|".join(re.escape(name) for name in context.others)
    told = names and re.search(
        rf"(?:^(?:\S+ ){{0,3}}|\b(?:that|and|while|whereas|but) )(?:{names})(?: \w+){{0,3}} (?:had|has|have|received|reported|recorded|saw|with)\b",
        printed,
    )
    if not told:
        return roles
    first = sentence.start + told.start()
    return tuple(
        replace(r, name="none", kind=r.kind or "other_body") if sentence.tokens[r.index].start >= first else r
        for r in roles
    )


def without_aims(sentence: Sentence, roles: tuple[Role, ...], context: Context) -> tuple[Role, ...]:
    """No figures where a section says what is to be reached ("Standards: Stage 1 replies in time: 90%"), unless a sentence tells of a year."""
    if not context.aims or PERIOD in sentence.signs:
        return roles
    return tuple(replace(r, name="none", kind=r.kind or "target", rule="a section of aims") for r in roles)


def without_enumeration(sentence: Sentence, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Numbers that count up from 1 before capitalised words are those of a list (“1 Introduction 2 Complaints received 3 …”)."""
    plain = [r for r in roles if sentence.signs[r.index] == NUMBER]
    values = [n.value for r in plain if (n := sentence.tokens[r.index].number) is not None and not n.words]
    if len(values) < 3 or values != list(range(1, len(values) + 1)):
        return roles
    numbers = {r.index for r in plain}
    return tuple(
        Role(index=r.index, name="none", kind="list_marker", rule="enumeration") if r.index in numbers else r
        for r in roles
    )


_IN_TOTAL = re.compile(r"\b(?:in total|in all|altogether|giving|(?:a|the|overall|grand|combined) total|totalling)\b")


def in_total(
    sentence: Sentence, cluster: Cluster, before: Subject | None, clusters: tuple[Cluster, ...]
) -> Subject | None:
    """What a cluster takes from the one before it; “…, giving 148 in total” takes no group from the parts that it adds up."""
    first = cluster is clusters[0]
    if before is None or first or not _IN_TOTAL.search(" ".join(sentence.signs[cluster.first : cluster.end])):
        return before
    return replace(before, dims={})


def carried(previous: Subject | None, *, parts: bool = False, listed: bool = False) -> Subject | None:
    """What a cluster without a noun of its own takes from the one before: its measure and group, not its outcome.

    The `parts` of a number also take who complained (“Eight came from young people: five from …”); those `listed` behind a
    colon or “of which” the team that the number is of.
    """
    if previous is None:
        return None
    told = ("complainant",) if parts else ()
    group = ("stage", "regime", "service", "cohort", *told, *(("team",) if listed else ()))
    theme = dict([previous.theme] if listed and previous.theme is not None else ())
    dims = {k: v for k, v in {**theme, **previous.dims}.items() if k in group}
    return Subject(measure=previous.measure, dims=dims, own=False)


_OF_ANOTHER_TIME = re.compile(r"(?:and |, )*(?:in |for )?◷ ,? ?(?:it (?:was|had been) )?№ (?:out )?of (?:the )?№")
"""“… it was 8 of 10 and in Quarter 2 7 of 11”."""
_SHARES_ITS_VERB = re.compile(r"(?:, |and )*% of (?:the )?T (?:and |, |, and )?")


def shares_verb(sentence: Sentence, cluster: Cluster) -> bool:
    """Whether a share and the next are said of one verb (“63% of statutory and 79% of corporate complaints were answered in time”)."""
    segment = " ".join(sentence.signs[cluster.first : cluster.end]) + " "
    return _SHARES_ITS_VERB.fullmatch(segment) is not None


def goes_on(sentence: Sentence, cluster: Cluster) -> bool:
    """Whether a cluster says the same of another period (“69% … (target 80%; 74% in 2017/18)”, “…, whereas it had been 71%”)."""
    index = cluster.roles[0].index
    segment = " ".join(sentence.signs[cluster.first : cluster.end])
    told_again = re.search(r"\bwhich (?:was|is) $", sentence.before(index)) or _OF_ANOTHER_TIME.match(segment)
    return (
        bool(in_brackets(sentence, index) or sentence.signs[index] == PERCENT or told_again)
        and TERM not in sentence.signs[cluster.first : cluster.end]
    )


_ASKS = re.compile(r"\b(?:how many|what number|what share|what proportion|how often)\b")


def asked(sentence: Sentence) -> dict[str, str]:
    """What a question asks the number of (“How many complaints came from children in care?”)."""
    if not _ASKS.search(" ".join(sentence.signs)):
        return {}
    return {t.name: t.code for tok in sentence.tokens for t in tok.terms if t.type == "dim" and t.code}


def asks_of_payments(sentence: Sentence) -> bool:
    """Whether a question is about sums paid (“What has been paid in compensation?”)."""
    return sentence.signs[-1] == "?" and any(t.code == "payments" for token in sentence.tokens for t in token.terms)


_AGAIN = re.compile(r"(?:, |and )*[№∅%] (?:in|for|during) ◷[ .;]*$")


_MADE_UP = re.compile(
    r"\bof which there (?:were|was|had been) [№∅] , (?:(?:had|have|has) )?(?:~|made up|accounted for|formed|represented) $"
)
"""“Complaints from carers, of which there were seven, made up 2% of the total.”"""
_AS_A_RATE = re.compile(r"[№∅] [^;.№%]*, (?:or )?(?:a|an) (?:T )?rate (?:of T )?of $")


_SO_MANY = re.compile(r"^[№∅] [^;.№%]*, (?:or|that is|(?:which is )?(?:equal|equivalent) to|which is) $")
_OF_A_STAGE = re.compile(r"^ of (?:the )?(?:number of )?(?:№ )?(?:T )*(?:received |made )?(?:at )?T\b")
"""“Four complaints reached Stage 2, or 16% of the number of Stage 1 complaints (48)”: what the share is of is not what it counts."""


def is_said_again(sentence: Sentence, cluster: Cluster) -> bool:
    """Whether a cluster says the one before it once more: “two at Stage 2, a rate of escalation of 8%”."""
    index = cluster.roles[0].index
    if sentence.signs[index] != PERCENT:
        return False
    before = sentence.before(index)
    of_the_stage_before = (
        len(cluster.roles) == 1 and _SO_MANY.search(before) and _OF_A_STAGE.match(sentence.after(index))
    )
    return bool(_AS_A_RATE.search(before) or _MADE_UP.search(before) or of_the_stage_before)


def is_the_rest(sentence: Sentence, cluster: Cluster) -> bool:
    """Whether a cluster counts those that are not what the one before counted: “… by mediation; the remaining 67 were investigated”."""
    return re.search(r"\b(?:remaining|other|others|rest) $", sentence.before(cluster.roles[0].index)) is not None


_SAME_OF_THEN = re.compile(
    r"^(?:in |for |during )?◷ ,? ?(?:it|this|that|the (?:figure|proportion|share|percentage|rate)) (?:had been|was|stood at|were) [№%](?: \( [№%] \))? [.;]$"
    r"|^(?:this|that) ⇄ % (?:\( № \) )?(?:in|for) ◷ [.;]$"
    r"|^(?:the|that|this) (?:corresponding |comparable |equivalent )?(?:proportion|share|figure|percentage|rate|number) (?:in|for|during|of) ◷ (?:had been|was|stood at) [№%](?: \( [№%] \))? [.;]$"
)
"""“In 2013/14 it had been 21%.”, “The proportion in 2013/14 was 15% (4).”"""


def same_of_then(sentence: Sentence, subject: Subject, context: Context) -> Subject:
    """The subject of “In 2013/14 it had been 21%”: that of the last number of the sentence before."""
    again = _SAME_OF_THEN.match(" ".join(sentence.signs))
    if not again or not context.topic.said or context.topic.measure is None:
        return subject
    dims = tidy(context.topic.measure, {**context.topic.said, **subject.dims})
    return replace(subject, measure=context.topic.measure, dims=dims, own=True)


def said(sentence: Sentence, cluster: Cluster, previous: Subject | None, context: Context) -> dict[str, str]:
    """The breakdown that “of whom”, “that was” and “none in 2013/14” lead back to."""
    if previous is not None:
        again = _AGAIN.match(" ".join(sentence.signs[cluster.first : cluster.end]))
        return previous.dims if said_of(sentence, cluster) or again else {}
    if len(context.topic.counted) > 1:
        return {}  # after several groups nothing tells which of them is meant
    answers = r"^(?:that|this) (?:was|is|represents) |^№ (?:, |\. |had (?:, |\. |done ))|^the (?:reply|answer) was |^there had been |^(?:there|it) (?:were|was) |^of (?:those|these) № (?:had|were|was|came)\b"
    return context.topic.said if re.match(answers, " ".join(sentence.signs) + " ") else {}


def intro_of(sentence: Sentence, clusters: tuple[Cluster, ...], whole: Role | None, context: Context) -> Subject | None:
    """The group that a sentence speaks of as a whole: “Of the 62 Stage 1 complaints, …”, “At Stage 1, …”."""
    if not clusters:
        return None
    first = clusters[0].roles[0].index
    if whole is not None and whole.index < first:
        group = Cluster(roles=(whole,), first=0, end=first)
        return read_subject(sentence, group, None, context)
    leading = [t for tok in sentence.tokens[:first] for t in tok.terms]
    names = {t.name for t in leading if t.type == "dim"}
    if (
        len(clusters) > 1
        and names & {"stage", "regime"}
        and re.match(r"^(?:at|for|under|in|of) ", " ".join(sentence.signs[:first]) + " ")
    ):
        group = Cluster(roles=(Role(index=first, name="level", run=clusters[0].roles[0].run),), first=0, end=first)
        subject = read_subject(sentence, group, None, context)
        return Subject(measure=subject.measure or "complaints", dims=subject.dims, own=False)
    return None


_QUARTER_AGAIN = re.compile(
    r"^ (?:[a-zT]+ )*?in the (second|third|fourth|last|final)(?: quarter| one)?(?= [,.;]| and\b|$)"
)
_QUARTERS = {"second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}


def quarter_again(sentence: Sentence, index: int) -> int | None:
    """The quarter of the 31 in “44 came in the first quarter, 31 in the second”, 2 to 4; None for other numbers."""
    before = sentence.tokens[:index]
    named = any(t.period is not None and t.period.kind == "quarter" for t in before)
    m = _QUARTER_AGAIN.match(sentence.after(index)) if named else None
    return _QUARTERS[m[1]] if m else None


def by_quarter(sentence: Sentence, year: Period | None) -> dict[int, Period]:
    """“By quarter the numbers had been 61, 71, 45 and 80”: the quarter of each of four numbers, by token index."""
    again = {i: n for i, _ in sentence.numbers() if (n := quarter_again(sentence, i))}
    if year is not None and again:
        return {i: Period.quarter(year.financial_year, n) for i, n in again.items()}
    by = re.search(r"\b(?:by|each|per|every) quarter|\bquarterly|\bin the four quarters", " ".join(sentence.signs))
    if not by or year is None or year.kind != "year":
        return {}
    m = re.search(r"№ , № , №(?: ,)?(?: and)? №", " ".join(sentence.signs))
    if not m:
        return {}
    first = len(" ".join(sentence.signs)[: m.start()].split())
    indices = [i for i in range(first, first + len(m[0].split())) if sentence.signs[i] == NUMBER]
    return {i: Period.quarter(year.financial_year, n) for n, i in enumerate(indices, start=1)}


_TEN_OR_TWENTY = re.compile(r"\b(?:10|ten)\b[^.;%]{0,60}\b(?:20|twenty)\b", re.I)
_SIXTY_FIVE = re.compile(r"\b(?:65|sixty-five)\b", re.I)


def stage_of_limit(sentence: Sentence) -> str | None:
    """The stage whose time limits in law a sentence states: ten or twenty working days are those of Stage 1, 65 of Stage 2.

    Source: the Children Act 1989 Representations Procedure (England) Regulations 2006, regulations 14 and 17.
    """
    text = sentence.text[sentence.start : sentence.end]
    if not re.search(r"\bdays\b", text):
        return None
    first, second = _TEN_OR_TWENTY.search(text), _SIXTY_FIVE.search(text)
    return "1" if first and not second else "2" if second and not first else None


def outcome_follows(sentence: Sentence, cluster: Cluster) -> bool:
    """Whether what comes after a sum paid goes on with the cases (“one was upheld and £650 was paid; 3 were not upheld”)."""
    first = next(
        (i for i in range(cluster.roles[-1].index + 1, len(sentence.tokens)) if sentence.signs[i] == NUMBER), None
    )
    if first is None:
        return False
    return any(
        t.name in ("outcome", "event") and t.code for tok in sentence.tokens[first + 1 : first + 4] for t in tok.terms
    )


def topic_after(
    sentence: Sentence, intro: Subject | None, previous_measure: str | None, drafts: list[Draft], context: Context
) -> Topic:
    """What the next sentence may lean on: the group of this one, or its first subject; a sentence without figures keeps the topic."""
    told = [d.measure for d in drafts if not d.definite]
    timely = (
        speaks_of_time(sentence.signs)
        or (context.topic.timely and all(measure == "responses_on_time" for measure in told))
        or told[-1:] == ["responses_on_time"]
    )
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
            # a list that one count of a team's complaints opens breaks that count down
            listed = ("team",) if sentence.signs[-1] == ":" and len({d.value for d in drafts}) == 1 else ()
            if level is not None and level.period is not None and level.period.start is None:
                stock = level.period
            return Topic(
                period=stock,
                measure=first.measure,
                dims={k: v for k, v in first.dims.items() if k in ("stage", "regime", "service", "cohort", *listed)},
                timely=timely,
            )
        return replace(context.topic, timely=timely)
    by = asked_in(sentence.text[sentence.start : sentence.end])
    nouns = [
        t
        for tok in sentence.tokens
        for t in tok.terms
        if t.type == "measure" and t.kind in ("noun", "body") and t.code not in ("payments", "savings")
    ]
    # the first is what the sentence is about (“Corporate complaints are those that the statutory procedure does not cover”)
    dims = {
        t.name: t.code
        for tok in reversed(sentence.tokens)
        for t in tok.terms
        if t.type == "dim" and t.name in ("stage", "regime")
    }
    if "stage" not in dims and (stage := stage_of_limit(sentence)):
        dims["stage"] = stage
    if _ASKS.search(" ".join(sentence.signs)) and any(t.code == "ombudsman_cases" for t in nouns):
        return Topic(measure="ombudsman_cases", timely=timely, breakdown=by)
    if nouns:
        return Topic(measure=nouns[0].code, dims=dims, timely=timely, breakdown=by)
    if dims:
        return Topic(measure=context.topic.measure, dims=dims, timely=timely, breakdown=by)
    return replace(context.topic, timely=timely, breakdown=by)
