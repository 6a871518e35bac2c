"""What one number states: measure, statistic, unit and breakdown, or that it cannot be told."""

import re

from extractors.figures.breakdowns import asked_in, filled_by
from extractors.figures.clusters import Cluster
from extractors.figures.corrections import UNKNOWN, corrects
from extractors.figures.drafts import Context
from extractors.figures.leaning import quarter_again
from extractors.figures.payments import money_stated, speaks_of_payments
from extractors.figures.respective import noun_of_whole
from extractors.figures.role import Role
from extractors.figures.subjects import COMMONEST, Subject, said_of
from extractors.figures.themes import FOR_ANOTHER, label_before, theme_of_team
from extractors.language.clause import PERCENT, Sentence
from extractors.language.nonfigures import counts_payments, shares_redress
from extractors.language.numbers import Number
from schemas.figures import Qualifier, Statistic
from schemas.vocabulary import FREE_DIMENSIONS


def measured(
    sentence: Sentence, role: Role, cluster: Cluster, subject: Subject, timely: bool, number: Number, context: Context
) -> tuple[str, Statistic, str, dict[str, str]] | None:
    """Measure, statistic, unit and dims of one number; None when it cannot be told what it counts."""
    percent = number.unit == "percent"
    if number.unit == "GBP":
        return money_stated(sentence, role, subject, context)
    if role.name == "time" or (role.name in ("prior",) and any(r.name == "time" for r in cluster.roles)):
        if (
            context.default is None
            and not (subject.measure == "complaints" and subject.own)
            and not _ANSWERING & set(sentence.signs)
        ):
            return None
        statistic: Statistic = "change" if role.rule == "time change" else _average(sentence, role.index)
        return "response_time", statistic, _time_unit(sentence), _time_dims(subject.dims)
    measure, dims = subject.measure, dict(subject.dims)
    if (
        role.name == "level"
        and re.search(r"£ in $", sentence.before(role.index))
        and measure not in ("payments", "savings")
    ):
        return ("payments", "count", "count", {}) if speaks_of_payments(sentence, context) else None
    if role.name == "level" and (shares_redress(sentence, role.index) or counts_payments(sentence, role.index)):
        return "payments", "count", "count", {}
    if measure in ("payments", "savings"):
        if (
            percent
            or role.name != "level"
            or not re.search(r"(?<!of it )(?<!of this )(?<!of which )\bin $", sentence.before(role.index))
        ):
            return None
        return "payments", "count", "count", {}
    if timely and measure is None:
        measure = context.default
    if not measure and not percent and role.name == "level" and corrects(sentence.text[sentence.start : sentence.end]):
        return UNKNOWN, "count", "count", {}
    if not measure or (context.default is None and not _plainly_counted(sentence, role, cluster, subject, context)):
        return None
    in_run = role.run is not None
    labelled = _list_label(sentence, role, labelled=context.labelled) or role.run or ""
    if in_run:
        dims.pop("cohort", None)  # a name says whose complaints they are, not who is counted
    if role.label is not None and _says_what_is_listed(sentence, role, context):
        dims = {k: v for k, v in dims.items() if k not in ("category", "team", "service")}
        labelled = role.label.text
    elif subject.theme is not None and _is_named(sentence, subject.theme[1]):
        dims.pop("cohort", None)
    if (
        not (role.label and labelled)
        and subject.theme is not None
        and not in_run
        and not set(dims)
        & ({"category", "service", "event"} | ({"complainant"} if subject.theme[0] != "team" else set()))
    ):
        theme = (
            filled_by(subject.theme[1], _asked(sentence, context)) if subject.theme[0] == "category" else subject.theme
        )
        dims[theme[0]] = theme[1]
        if theme[0] == "team" and "outcome" not in dims and (category := theme_of_team(sentence, cluster)):
            dims["category"] = category
        labelled = ""
    if labelled and not set(dims) & {"category", "outcome", "event", "complainant"}:
        dims.update([filled_by(labelled, _asked(sentence, context) or role.run_by)])
    dims = _one_team(dims, context)
    timely = timely and not labelled
    ahead = sentence.tokens[role.index + 1 : role.index + 2]
    if (
        ahead
        and ahead[0].terms
        and all(t.name == "source" for t in ahead[0].terms)
        and (
            measure not in ("enquiries", "responses_on_time")
            or re.search(r"\b(?:from|by) (?:the|our|all|its) $", sentence.before(role.index))
        )
    ):
        # “two members had each met a family” counts members, not what they ask
        return None
    if timely and role.name == "points":
        return (
            "responses_on_time",
            "change",
            "percentage_points",
            {k: v for k, v in dims.items() if k not in ("outcome", "event")},
        )
    if timely and (percent or role.name in ("level", "prior")) and role.name not in ("change",):
        dims = {k: v for k, v in dims.items() if k not in ("outcome", "event", "category")}
        if measure == "subject_access_requests":
            dims["category"] = "subject access requests"
        return "responses_on_time", "percent_of" if percent else "count", "percent" if percent else "count", dims
    if role.name == "rate":
        return measure, "rate", _rate_unit(sentence, role.index), dims
    if role.name == "points":
        return measure, "change", "percentage_points", dims
    if role.name == "change":
        return measure, "percent_change" if percent else "change", "percent" if percent else "count", dims
    if percent:
        if (
            not (subject.own or labelled or timely or subject.theme)
            and (_share_of_unknown(sentence, role.index) or not _elliptical(sentence, role, cluster, context))
            and not _is_impossible_share_of_cases(sentence, role.index, number)
        ):
            return None
        return measure, "percent_of", "percent", dims
    decided = measure == "ombudsman_cases" and _is_decided(sentence, role.index)
    counted_before = any(m == measure for m, _ in context.topic.counted) or any(
        r.index < role.index for r in cluster.roles
    )
    if decided and "event" not in dims and "outcome" not in dims and (counted_before or _cases_before(sentence, role)):
        dims["event"] = "decided"
    if measure == "subject_access_requests" and "event" not in dims and _ANSWERED.search(sentence.before(role.index)):
        dims["event"] = "completed"
    if not (subject.own or labelled or decided or subject.theme or _elliptical(sentence, role, cluster, context)):
        return None
    if number.decimals > 0 and measure != "workforce":
        # half a complaint: “2.5 staff” of whom something else is said; an average of 14.0
        return None
    return measure, "count", "count", dims


_ANSWERED = re.compile(r"\b(?:answered|completed|met|dealt with|responded to|replied to) (?:all )?$")
"""“The Council answered 43 of the 48 requests.”"""


def _one_team(dims: dict[str, str], context: Context) -> dict[str, str]:
    """Without the team of the heading, where the words themselves name a team: the same again, or another."""
    told = [
        value for name, value in dims.items() if name in FREE_DIMENSIONS and value != context.heading.dims.get("team")
    ]
    if any(re.search(r"\b(?:team|service|unit)$", value, re.I) for value in told):
        return {k: v for k, v in dims.items() if k != "team" or v != context.heading.dims.get("team")}
    return dims


def _asked(sentence: Sentence, context: Context) -> str:
    """The dimension that a list is by: as the words before its first number say, or its introduction."""
    first = next((i for i, _ in sentence.numbers()), 0)
    return asked_in(sentence.text[sentence.start : sentence.tokens[first].start]) or context.topic.breakdown


def _says_what_is_listed(sentence: Sentence, role: Role, context: Context) -> bool:
    """Whether it is said what an enumeration counts: in its sentence, in the sentence before or in the heading."""
    outside = [
        t for token in sentence.tokens for t in token.terms if t.type == "measure" and t.kind in ("noun", "weak")
    ]
    themed = {"cause", "causes", "reason", "reasons", "theme", "themes", "subject", "subjects"} & set(sentence.signs)
    by_the_report = themed or COMMONEST.match(" ".join(sentence.signs)) or context.heading.dims
    return bool(outside or context.topic.counted or context.heading.measure or (context.default and by_the_report))


def _is_named(sentence: Sentence, theme: str) -> bool:
    """Whether a theme is printed as a name, with capitals throughout ("about Looked After Children")."""
    at = sentence.text.lower().find(theme.lower(), sentence.start)
    printed = sentence.text[at : at + len(theme)] if at >= 0 else ""
    words = [w for w in printed.split() if len(w) > 3 or not w.islower()]
    return len(words) > 1 and all(w[0].isupper() for w in words)


def _is_decided(sentence: Sentence, index: int) -> bool:
    """Whether a number is of cases that the Ombudsman decided (“He decided 37”, “27 decisions were made”)."""
    if re.search(r"\b(?:decided|determined|decisions on|decision on)(?: on)? $", sentence.before(index)):
        return True
    return any(
        t.text.lower().startswith("decision") for tok in sentence.tokens[index + 1 : index + 2] for t in tok.terms
    )


def _cases_before(sentence: Sentence, role: Role) -> bool:
    """Whether other cases were counted earlier in the sentence, so that those decided are told apart from them."""
    return any(i < role.index for i, _ in sentence.numbers())


def _is_impossible_share_of_cases(sentence: Sentence, index: int, number: Number) -> bool:
    """Whether a percentage above 100 stands beside its own number of cases (“509% (1)”): an auditor must see it, whatever it is of."""
    return number.value is not None and number.value > 100 and sentence.after(index).startswith(" ( № )")


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


def _list_label(sentence: Sentence, role: Role, *, labelled: bool = False) -> str:
    """The label of a list entry that is a label and a value and no more: “delay - 22%”, “delay - 12 (36%)”."""
    index = role.host if role.host is not None and sentence.signs[role.index] == PERCENT else role.index
    m = re.match(
        rf"^(?:№ [.)] )?((?:[a-z][\w']* |[T,/&] )+)(?:-|–|:){'?' if labelled else ''} ?$", sentence.before(index)
    )
    if m is None or len(m[1].split()) > 10 or len(sentence.tokens) - index > 5:
        return ""
    first = len(sentence.before(index)[: m.start(1)].split())
    label = sentence.tokens[first : first + len(m[1].split())]
    if any(
        t.type == "measure" and t.kind in ("noun", "body") or t.type == "dim" and t.code or t.type == "cue"
        for tok in label
        for t in tok.terms
    ):
        return ""
    return " ".join(tok.terms[0].text.lower() if tok.terms else tok.sign for tok in label)


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


def _elliptical(sentence: Sentence, role: Role, cluster: Cluster, context: Context) -> bool:
    """Whether a bare number may count the topic: its segment has a term, a verb follows, or it stands in a comparison."""
    if role.name == "prior" or role.host is not None:
        return True
    segment = sentence.tokens[cluster.first : cluster.end]
    if any(t.terms and any(x.type != "cue" for x in t.terms) for t in segment):
        return True
    if re.match(r"^ of (?:which|whom|these|those|them) (?:had been|were|was) T", sentence.after(role.index)):
        return True
    if said_of(sentence, cluster) or (context.labelled and _is_label_and_value(sentence, role)):
        return True
    if context.listed and not re.search(r"[№%∅]", sentence.before(cluster.roles[0].index)):
        return True
    if context.heading.measure and re.fullmatch(r"there (?:were|was|had been) № \.", " ".join(sentence.signs)):
        return True
    if context.topic.measure and re.match(r"^there (?:were|had been) № \( № in ◷ \)", " ".join(sentence.signs)):
        return True
    if quarter_again(sentence, role.index):
        return True
    if role.index == 0 and re.match(r"^ ,? ?[▲▼] from №", sentence.after(role.index)):
        return True
    if re.match(r"^ for ", sentence.after(role.index)) and FOR_ANOTHER.search(sentence.before(role.index)):
        return True
    if context.topic.measure and re.match(r"^there (?:were|had been) № , ⇄ ", " ".join(sentence.signs)):
        return True
    if re.search(r"^with (?:a total of )?$", sentence.before(role.index)) and re.match(
        r"^ (?:received|recorded|registered|logged|made|reported) ,", sentence.after(role.index)
    ):
        return True
    if re.search(r"[▲▼] , (?:that is|i \. e \.|making|giving) $", sentence.before(role.index)):
        return True
    if re.match(r"^ (?:in all|altogether|in total|overall)\b", sentence.after(role.index)):
        return True
    if (
        re.match(
            r"^ , (?:the|she|he|it|they|officers?|⇄|of (?:whom|which)|that is|or %)|^ \.$", sentence.after(role.index)
        )
        and role.index == 0
    ):
        # the answer to a question: “How many …? Nineteen, the Manager answered”
        return True
    if re.search(r"◷ \( $|№ T (?:, |and |, and )$", sentence.before(role.index)) or re.match(
        r"^ (?:in |for |during )?◷", sentence.after(role.index)
    ):
        return True
    if re.search(r"\b(?:further|another|remaining|other|rest) $", sentence.before(role.index)) or label_before(
        sentence, cluster, role.index
    ):
        return True
    if sentence.signs[role.index] == PERCENT and re.search(
        r"% [^;.]*(?:, |and |, and not )$", sentence.before(role.index)
    ):
        return True
    if re.search(r"№ [^;.]*, (?:and )?not $", sentence.before(role.index)) and re.match(
        r"^ as (?:[a-z]+ )?(?:printed|reported|stated|shown|given)\b", sentence.after(role.index)
    ):
        return True
    if re.search(
        r"◷ (?:, |: |there were )?$|\b(?:number|figure|total|numbers|figures|shares?)\b[^;.]*$|\bit (?:had been|was) $|◷ (?:having been |, )?(?:when |where )?(?:there (?:were|had been) |it (?:was|had been) )?$|\b(?:reply|answer|equivalent|total|figure) (?:was|is|had been) $|\b(?:stood|stands?|numbered|totalled|reached) (?:at )?$|^(?:№ [.)] )?[^.]* (?:-|–|:) $",
        sentence.before(role.index),
    ):
        return True
    after = sentence.after(role.index)
    return bool(
        re.match(
            r"^ (?:\( [№%] \) )?(?:were|was|are|had|remain|remained|came|went|did|from|about|of|related|concerned|\))\b",
            after,
        )
    )


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
