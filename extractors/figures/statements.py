"""What one number states: measure, statistic, unit and breakdown, or that it cannot be told."""

import re

from extractors.figures.clusters import Cluster
from extractors.figures.corrections import UNKNOWN, corrects
from extractors.figures.drafts import Context
from extractors.figures.elliptical import is_elliptical
from extractors.figures.number_breakdowns import read_breakdown
from extractors.figures.payments import money_stated, speaks_of_payments
from extractors.figures.respective import noun_of_whole
from extractors.figures.role import Role
from extractors.figures.subjects import Subject, said_of
from extractors.language.clause import PERCENT, Sentence
from extractors.language.nonfigures import counts_payments, shares_redress
from extractors.language.numbers import Number
from schemas.figures import Qualifier, Statistic

Stated = tuple[str, Statistic, str, dict[str, str]]
"""Measure, statistic, unit and breakdown."""


def measured(
    sentence: Sentence, role: Role, cluster: Cluster, subject: Subject, timely: bool, number: Number, context: Context
) -> Stated | None:
    """Measure, statistic, unit and dims of one number; None when it cannot be told what it counts."""
    percent = number.unit == "percent"
    if number.unit == "GBP":
        return money_stated(sentence, role, subject, context)
    if role.name == "time" or (role.name == "prior" and any(r.name == "time" for r in cluster.roles)):
        return _time_taken(sentence, role, subject, context)
    paid = _counts_paid(sentence, role, subject.measure, context, percent=percent)
    if paid is not None:
        return ("payments", "count", "count", {}) if paid else None
    measure = context.default if timely and subject.measure is None else subject.measure
    if not measure and not percent and role.name == "level" and corrects(sentence.text[sentence.start : sentence.end]):
        return UNKNOWN, "count", "count", {}
    if not measure or (context.default is None and not _plainly_counted(sentence, role, cluster, subject, context)):
        return None
    dims, labelled = read_breakdown(sentence, role, cluster, subject, context)
    timely = timely and not labelled
    if _counts_who_asks(sentence, role, measure):
        return None
    if timely and (on_time := _on_time(role, measure, dims, percent=percent)) is not None:
        return on_time
    if role.name == "rate":
        return measure, "rate", _rate_unit(sentence, role.index), dims
    if role.name == "points":
        return measure, "change", "percentage_points", dims
    if role.name == "change":
        return measure, "percent_change" if percent else "change", "percent" if percent else "count", dims
    named = bool(subject.own or labelled or subject.theme)
    if percent:
        known = named or timely or _is_impossible_share_of_cases(sentence, role.index, number)
        of_known = not _share_of_unknown(sentence, role.index) and is_elliptical(sentence, role, cluster, context)
        return (measure, "percent_of", "percent", dims) if known or of_known else None
    decided = measure == "ombudsman_cases" and _is_decided(sentence, role.index)
    if (
        decided
        and not dims.keys() & {"event", "outcome"}
        and _counted_before(sentence, role, cluster, measure, context)
    ):
        dims["event"] = "decided"
    if measure == "subject_access_requests" and "event" not in dims and _ANSWERED.search(sentence.before(role.index)):
        dims["event"] = "completed"
    if not (named or decided or is_elliptical(sentence, role, cluster, context)):
        return None
    if number.decimals > 0 and measure != "workforce":
        # half a complaint: “2.5 staff” of whom something else is said; an average of 14.0
        return None
    return measure, "count", "count", dims


def _time_taken(sentence: Sentence, role: Role, subject: Subject, context: Context) -> Stated | None:
    """The time that answers took; None in a paper on other matters, where it is not said that something was answered."""
    complained = subject.measure == "complaints" and subject.own
    if context.default is None and not complained and not _ANSWERING & set(sentence.signs):
        return None
    statistic: Statistic = "change" if role.rule == "time change" else _average(sentence, role.index)
    return "response_time", statistic, _time_unit(sentence), _time_dims(subject.dims)


def _counts_paid(
    sentence: Sentence, role: Role, measure: str | None, context: Context, *, percent: bool
) -> bool | None:
    """Whether a number counts payments; None where nothing is said of any. Beside sums of money it mostly counts something else."""
    level, of_payments = role.name == "level", measure in ("payments", "savings")
    before = sentence.before(role.index)
    if level and not of_payments and re.search(r"£ in $", before):
        return speaks_of_payments(sentence, context)
    if level and (shares_redress(sentence, role.index) or counts_payments(sentence, role.index)):
        return True
    return (level and not percent and _PAID_IN.search(before) is not None) if of_payments else None


_PAID_IN = re.compile(r"(?<!of it )(?<!of this )(?<!of which )\bin $")
"""“£4,200 was paid in 7 cases.”"""


def _counts_who_asks(sentence: Sentence, role: Role, measure: str) -> bool:
    """Whether a number counts members, and not what they ask (“two members had each met a family”)."""
    ahead = sentence.tokens[role.index + 1 : role.index + 2]
    if not ahead or not ahead[0].terms or any(t.name != "source" for t in ahead[0].terms):
        return False
    asked = measure in ("enquiries", "responses_on_time")
    return not asked or re.search(r"\b(?:from|by) (?:the|our|all|its) $", sentence.before(role.index)) is not None


def _on_time(role: Role, measure: str, dims: dict[str, str], *, percent: bool) -> Stated | None:
    """What a number says of answers on time, if its role is one that says anything of them."""
    kept = {k: v for k, v in dims.items() if k not in ("outcome", "event")}
    if role.name == "points":
        return "responses_on_time", "change", "percentage_points", kept
    if role.name == "change" or not (percent or role.name in ("level", "prior")):
        return None
    kept.pop("category", None)
    if measure == "subject_access_requests":
        kept["category"] = "subject access requests"
    return "responses_on_time", "percent_of" if percent else "count", "percent" if percent else "count", kept


def _counted_before(sentence: Sentence, role: Role, cluster: Cluster, measure: str, context: Context) -> bool:
    """Whether others of the measure, or other numbers, were told before, so that those decided are told apart from them."""
    return (
        any(m == measure for m, _ in context.topic.counted)
        or any(r.index < role.index for r in cluster.roles)
        or any(i < role.index for i, _ in sentence.numbers())
    )


_ANSWERED = re.compile(r"\b(?:answered|completed|met|dealt with|responded to|replied to) (?:all )?$")
"""“The Council answered 43 of the 48 requests.”"""


def _is_decided(sentence: Sentence, index: int) -> bool:
    """Whether a number is of cases that the Ombudsman decided (“He decided 37”, “27 decisions were made”)."""
    if re.search(r"\b(?:decided|determined|decisions on|decision on)(?: on)? $", sentence.before(index)):
        return True
    return any(
        t.text.lower().startswith("decision") for tok in sentence.tokens[index + 1 : index + 2] for t in tok.terms
    )


def _is_impossible_share_of_cases(sentence: Sentence, index: int, number: Number) -> bool:
    """Whether a percentage above 100 stands beside its own number of cases (“509% (1)”): an auditor must see it, whatever it is of."""
    return number.value is not None and number.value > 100 and sentence.after(index).startswith(" ( № )")


_ANSWERING = frozenset(("reply", "replies", "respond", "responded", "response", "responses", "answer", "answered"))


def _plainly_counted(sentence: Sentence, role: Role, cluster: Cluster, subject: Subject, context: Context) -> bool:
    """Whether a number counts its measure beyond doubt. Asked in papers that are not about complaints as a whole.

    There many things are counted that no measure covers, so a level must stand right before its noun, and a share before
    “of” and its noun; what hangs on a plain number follows it.
    """
    if context.listed or cluster.roles[0].index != role.index:
        return True
    if "respectively" in sentence.signs and noun_of_whole(sentence) == subject.measure:
        return True
    told_of = cluster.first > 0 and subject.measure == "children_supported"
    if said_of(sentence, cluster) and (told_of or subject.measure == context.topic.measure):
        return True
    if not subject.own and role.name in ("level", "share", "none"):
        return False
    ahead = sentence.tokens[role.index + 1 : role.index + (6 if sentence.signs[role.index] == PERCENT else 5)]
    nouns = [
        t
        for tok in ahead
        for t in tok.terms
        if t.type == "measure" and t.kind in ("noun", "close") and t.code == subject.measure
    ]
    if subject.measure == "children_supported":
        people = [t for tok in ahead for t in tok.terms if t.name in ("complainant", "cohort")]
        told = people or nouns or "category" in subject.dims or role.name in ("rate", "prior", "change")
        return bool(told) and "cohort" in subject.dims
    return bool(nouns) or role.name in ("change", "prior")


def _share_of_unknown(sentence: Sentence, index: int) -> bool:
    """Whether a percentage is of a thing that the vocabulary does not count (“95% of parents said …”, “59% of them” is known)."""
    m = re.match(r"^ of (?:the |all |our |its |their )*", sentence.after(index))
    if m is None:
        return False
    base = sentence.tokens[index + 1 + len(m[0].split()) :][:1]
    if (
        not base
        or base[0].number is not None
        or base[0].sign in ("these", "those", "them", "which", "whom", "it", "cases")
    ):
        return False
    return not any(t.type == "measure" or t.name in ("stage", "regime", "outcome", "cohort") for t in base[0].terms)


def states_none(sentence: Sentence, role: Role, subject: Subject) -> bool:
    """Whether “no”, “none” or “nil” states a figure of nought."""
    after = sentence.after(role.index)
    return (
        bool(
            re.match(
                r"^ (?:T\b|(?:had|was|were|have|has|went|are|is|live|lives|of the|of these|of (?:which|whom|them) (?:had been|were|was) T)\b|\w+ T\b|(?:in |for |during )◷)",
                after,
            )
        )
        and subject.measure is not None
        and not subject.generic
    )


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


_ABOUT_A_MATTER = re.compile(
    r"\b(?:contacted|approached|asked|consulted|questioned|told|informed|wrote to|written to|spoke to|spoken to) [^,;.№%]{1,30} about $"
)
"""“The Ombudsman contacted the Council about 5 cases” names what it was about, and hedges nothing."""


def qualifier(sentence: Sentence, index: int) -> Qualifier:
    """Whether the words before a number hedge it."""
    before = sentence.before(index)
    if re.search(r"(?:▲ than|over|at least|as many as) $", before):
        return "at_least"
    if re.search(r"(?:▼ than|up to|at most|under|as few as) $", before):
        return "at_most"
    if _ABOUT_A_MATTER.search(before):
        return "exact"
    if re.search(r"(?:about|around|approximately|almost|nearly|just under|just over|some|roughly|circa) $", before):
        return "about"
    return "exact"
