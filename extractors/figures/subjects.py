"""Which measure, breakdown and period a cluster of numbers is about, from the words of its segment and what went before."""

import re
from dataclasses import dataclass

from extractors.figures.clusters import Cluster, clause_end
from extractors.figures.counted_terms import is_counted
from extractors.figures.drafts import Context, Topic
from extractors.figures.in_time import speaks_of_time
from extractors.figures.subject_dims import read_dims, tidy
from extractors.figures.themes import label_before, read_theme
from extractors.figures.when import is_day
from extractors.language.clause import NUMBER, PERIOD, TERM, Sentence
from extractors.language.nonfigures import informal_concerns, letters_of
from extractors.language.terms import Term

COMMONEST = re.compile(
    r"^(?:№ )?the (?:commonest|most (?:common|frequent)|main|usual) (?:(?:themes?|subjects?) )?(?:were|are|was)\b"
)
"""“The commonest were: communication, 52; …” lists what the paper is about."""
GROUP_DIMENSIONS = ("stage", "regime", "service", "cohort", "team")
"""Dimensions that say which group is counted and stay in force; an outcome or a complainant is said of one number only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Measure and dims of a cluster. `own` tells whether its segment names the measure itself, `generic` only by a word such as “cases”."""

    measure: str | None
    dims: dict[str, str]
    own: bool
    theme: tuple[str, str] | None = None
    generic: bool = False


def read_subject(sentence: Sentence, cluster: Cluster, whole: Subject | None, context: Context) -> Subject:
    """The subject of `cluster`: its own words, else the group named in `whole`, the topic or the heading."""
    head = cluster.roles[0].index
    label = label_before(sentence, cluster, head)
    terms = _own_terms(sentence, cluster, label, context)
    measure, dims = _named(sentence, terms, head, context.topic)
    own = measure is not None
    generic = [t.code for _, t in terms if t.type == "measure" and t.kind == "generic"]
    base = whole or Subject(
        measure=context.topic.measure, dims=_topic_dims(sentence, cluster, context.topic), own=False
    )
    if own and whole is None and not _anaphoric(sentence, terms):
        base = Subject(measure=None, dims={}, own=False)
    if not own and base.measure in _NEVER_TIMED and speaks_of_time(sentence.signs[cluster.first : cluster.end]):
        measure = "complaints"
    if measure is None and _counts_people(sentence, head, cluster):
        measure, own = "children_supported", True
    if measure is None:
        measure = _understood(sentence, cluster, dims, base, whole, context, labelled=bool(label))
        if generic:
            own = True
            staged = "stage" in dims and measure not in ("complaints", "responses_on_time")
            if (measure is None or staged) and (context.default or "stage" in dims):
                measure = generic[0]
    elif measure == "complaints" and base.measure == "ombudsman_cases" and whole is not None:
        measure = base.measure
    elif _at_ombudsman(sentence, measure, context) and not dims.keys() & {"stage", "regime", "source"}:
        measure = "ombudsman_cases"
    if measure == "ombudsman_cases" and _is_sent_back(sentence, head):
        dims["event"], own = "premature", True
    theme = read_theme(sentence, cluster, dims, context)
    group = {**_heading_dims(measure, context.heading), **base.dims, **dims}
    if _leaves_stage(sentence, terms, head, dims, base.dims, context.heading):
        group.pop("stage", None)
    return Subject(
        measure=measure,
        dims=tidy(measure, group),
        own=own,
        theme=None if measure == "initial_feedback" and _is_another_name(sentence, theme) else theme,
        generic=bool(generic),
    )


_NEVER_TIMED = ("compliments", "comments", "payments", "representations")
"""What no time limit holds for: a time told after them is that of complaints."""


def _own_terms(sentence: Sentence, cluster: Cluster, label: str | None, context: Context) -> list[tuple[int, Term]]:
    """The terms of a cluster's own words, by the token that they begin at, without those of what is only a name before the number."""
    head = cluster.roles[0].index
    tokens = [(i, t) for i, t in enumerate(sentence.tokens) if cluster.first <= i < clause_end(sentence, cluster)]
    terms = [(i, term) for i, t in tokens for term in t.terms if is_counted(sentence, i, term, head)]
    if label and sentence.signs[head] == NUMBER:
        width = len(label.split()) + 2
        terms = [(i, t) for i, t in terms if _names(t) or not head - width <= i < head]
    if (name := cluster.roles[0].run) is not None:
        begins = sentence.text.lower().rfind(name.lower(), 0, sentence.tokens[head].start)
        terms = [(i, t) for i, t in terms if not begins <= sentence.tokens[i].start < sentence.tokens[head].start]
    listed = cluster.roles[0].label
    if listed is not None:
        terms = [(i, t) for i, t in terms if not listed.first <= i < listed.end]
    if context.labelled and not _BARE_LABEL.fullmatch(" ".join(sentence.signs[:head]) + " "):
        terms = [(i, t) for i, t in terms if _names(t)]
    return terms


_BARE_LABEL = re.compile(r"(?:total |number of |all )*T (?:received )?(?:: |- |– )?")
"""“Total complaints received: 52” is a label of nothing but what is counted."""


def _names(term: Term) -> bool:
    """Whether a term in a label still says what is counted, as a weak one (“contact”) does not."""
    return term.type == "dim" or term.kind in ("noun", "body")


def _named(
    sentence: Sentence, terms: list[tuple[int, Term]], head: int, topic: Topic
) -> tuple[str | None, dict[str, str]]:
    """The measure, if there is one, and the breakdown that the own terms of a number give."""
    measure, dims = _measure(sentence, terms, head), read_dims(sentence, terms, head)
    if measure in (None, "complaints", "representations") and informal_concerns(sentence, head):
        measure, dims = "initial_feedback", {}
    elif letters_of(sentence, head) and (measure is None or measure == topic.measure):
        measure = "enquiries"
    if measure == "enquiries" and dims.get("event") == "closed_after_enquiries":
        measure = "ombudsman_cases"  # the enquiries are the Ombudsman's first
    return measure, dims


def _understood(
    sentence: Sentence,
    cluster: Cluster,
    dims: dict[str, str],
    base: Subject,
    whole: Subject | None,
    context: Context,
    *,
    labelled: bool,
) -> str | None:
    """The measure of a number that names none: that of what it is said of, of the topic or the heading, or of the document."""
    measure = (base.measure if base.measure is not None else context.heading.measure) or _implied_measure(dims)
    if whole is None and _counts_others(sentence, cluster, dims, measure, context):
        measure = None
    if whole is None and (
        (measure == "ombudsman_cases" != context.default and dims.keys() & {"stage", "regime"})
        or (measure == "representations" and dims.keys() & {"stage", "regime", "outcome", "complainant"})
    ):
        return "complaints"
    listed = cluster.roles[0].label is not None
    if measure is None and (
        speaks_of_time(sentence.signs[cluster.first : cluster.end])
        or dims.keys() & {"complainant", "event", "gender"}
        or labelled
        or context.labelled
        or (listed and (context.heading.dims or COMMONEST.match(" ".join(sentence.signs))))
        or cluster.roles[0].name == "rate"
    ):
        return context.default
    return measure


def _counts_others(
    sentence: Sentence, cluster: Cluster, dims: dict[str, str], measure: str | None, context: Context
) -> bool:
    """Whether people are counted whom `measure`, carried over, does not count: what they made has to be complaints."""
    head = cluster.roles[0].index
    if measure not in _NOT_OF_COMPLAINANTS or said_of(sentence, cluster):
        return False
    if (
        any(m == measure and "complainant" in told for m, told in context.topic.counted)
        or context.heading.measure == measure
    ):
        return False  # under “Compliments”: “Parents sent 41”
    if context.topic.measure == measure and re.match(r"^(?:№ of the № )", " ".join(sentence.signs)):
        return False
    return "complainant" in dims or ("cohort" in dims and _THERE_WERE.search(sentence.before(head)) is not None)


_NOT_OF_COMPLAINANTS = (
    "assessments",
    "referrals",
    "compliments",
    "comments",
    "payments",
    "workforce",
    "enquiries",
)


def _is_sent_back(sentence: Sentence, head: int) -> bool:
    """Whether the Ombudsman sent it back (“He referred one back for local resolution”)."""
    return _SENT.search(sentence.before(head)) is not None and sentence.after(head).startswith(" back")


_SENT = re.compile(r"\b(?:sent|sending|referred|referring|returned|returning|passed|passing) $")


def _leaves_stage(
    sentence: Sentence,
    terms: list[tuple[int, Term]],
    head: int,
    dims: dict[str, str],
    spoken_of: dict[str, str],
    heading: Topic,
) -> bool:
    """Whether another procedure is named than that which is spoken of, so that the stage spoken of is none of its stages."""
    if "regime" not in dims or "stage" in dims:
        return False
    parted = re.search(r"\bof (?:them|these|those)\b", sentence.before(head))  # “14 of them statutory and 7 corporate”
    if spoken_of.get("regime", dims["regime"]) != dims["regime"] and not parted:
        return True  # “71 were statutory complaints at Stage 1, 16 were corporate”
    # else the stage spoken of is one of the procedure in law
    named = dims["regime"] == "corporate" and any(t.code == "corporate" for i, t in terms if i < head)
    return named and "stage" not in heading.dims and "regime" not in spoken_of


def _is_another_name(sentence: Sentence, theme: tuple[str, str] | None) -> bool:
    """Whether a theme is what the thing counted is called: “143 informal complaints, which it calls "service requests"”."""
    return theme is None or re.search(rf"[‘'“\"]{re.escape(theme[1])}", sentence.text, re.I) is not None


_THERE_WERE = re.compile(r"\bthere (?:were|are|had been) (?:about |some |over |nearly )?$")
"""“There were 320 children in care” counts children, and not what the sentence before counted."""


def _anaphoric(sentence: Sentence, terms: list[tuple[int, Term]]) -> bool:
    """Whether the thing counted is one spoken of before: “the complaints”, “these contacts”, without a breakdown of its own."""
    nouns = [i for i, t in terms if t.type == "measure" and t.kind in ("noun", "weak")]
    if re.match(r"^(?:taken )?together,? ", " ".join(sentence.signs)):
        return True
    grouped = any(t.type == "dim" and t.name in ("stage", "regime") for _, t in terms)
    return (
        not grouped
        and len(nouns) == 1
        and bool(re.search(r"\b(?:the|these|those|such|them) (?:№ )?$", sentence.before(nouns[0])))
    )


def _counts_people(sentence: Sentence, head: int, cluster: Cluster) -> bool:
    """Whether children themselves are counted on a day (“on 31 March 2014 there were 503 children in care”)."""
    days = any(is_day(sentence, i) for i, s in enumerate(sentence.signs) if s == PERIOD)
    if days and re.search(r"\bof whom there (?:were|are|had been) (?:about )?$", sentence.before(head)):
        return True
    ahead = [t.name for tok in sentence.tokens[head + 1 : head + 4] for t in tok.terms]
    told = re.match(r"^ (?:of them )?(?:were|was|are|had been|was being|were being) T\b", sentence.after(head))
    people = (
        told or sentence.signs[head + 1 : head + 2] == (TERM,) and any(n in ("complainant", "cohort") for n in ahead)
    )
    cohort = any(t.name == "cohort" for tok in sentence.tokens[cluster.first : cluster.end] for t in tok.terms)
    stock = re.search(r"\bnumbers? (?:of )?(?:T|in) ", " ".join(sentence.signs[:head]) + " ")
    return bool(people or stock) and cohort and days


def _at_ombudsman(sentence: Sentence, measure: str | None, context: Context) -> bool:
    """Whether enquiries and complaints are the Ombudsman's, because the section or the sentence before is about the Ombudsman."""
    ended = any(t.name == "event" and t.code in _OMBUDSMAN_EVENTS for tok in sentence.tokens for t in tok.terms)
    if measure == "complaints" and ended and context.topic.measure == "ombudsman_cases":
        return True
    if measure == "enquiries" and _of_the_elected(sentence):
        return False
    if context.heading.measure is not None:
        return context.heading.measure == "ombudsman_cases" and measure in ("complaints", "enquiries", "referrals")
    if context.topic.measure != "ombudsman_cases":
        return False
    return measure in ("enquiries", "referrals")


def _of_the_elected(sentence: Sentence) -> bool:
    """Whether it is said whose enquiries they are: those of Members, whom no Ombudsman hears."""
    return "elected" in sentence.signs or any(t.name == "source" for token in sentence.tokens for t in token.terms)


_OMBUDSMAN_EVENTS = ("premature", "closed_after_enquiries", "out_of_jurisdiction")


def said_of(sentence: Sentence, cluster: Cluster) -> bool:
    """Whether the cluster counts some of what the one before counted (“of whom 97 were in care”)."""
    return bool(
        re.search(
            r"\bof (?:whom|which|them|these|those|(?:this|that) (?:number|total|group))\b",
            " ".join(sentence.signs[cluster.first : cluster.end]),
        )
    )


def _topic_dims(sentence: Sentence, cluster: Cluster, topic: Topic) -> dict[str, str]:
    """The group of the topic; after a sentence that told several groups apart it is none of them."""
    dims = _group(topic.dims)
    return {n: v for n, v in dims.items() if len({d.get(n) for _, d in topic.counted}) < 2}


def _group(dims: dict[str, str]) -> dict[str, str]:
    return {k: v for k, v in dims.items() if k in GROUP_DIMENSIONS}


def _heading_dims(measure: str | None, heading: Topic) -> dict[str, str]:
    if measure in ("complaints", "responses_on_time", "response_time", None) or measure == heading.measure:
        return _group(heading.dims)
    return {}


def _implied_measure(dims: dict[str, str]) -> str | None:
    return (
        "complaints"
        if "stage" in dims or dims.get("outcome") in ("upheld", "partly_upheld", "upheld_or_partly", "not_upheld")
        else None
    )


def _measure(sentence: Sentence, terms: list[tuple[int, Term]], head: int) -> str | None:
    nouns = [(i, t) for i, t in terms if t.type == "measure" and t.kind == "noun"]
    bodies = [(i, t) for i, t in terms if t.type == "measure" and t.kind == "body"]
    weak = [(i, t) for i, t in terms if t.type == "measure" and t.kind == "weak" and i <= head + 4]
    weak += [(i, t) for i, t in terms if t.type == "measure" and t.kind in ("close", "other") and head < i <= head + 3]
    ombudsman = any(t.code == "ombudsman_cases" for _, t in bodies)
    if nouns:
        code = _nearest(sentence, nouns, head).code
        if any(t.code == "adr_cases" for _, t in nouns) and code == "complaints":
            return "adr_cases"
        return (
            "ombudsman_cases"
            if ombudsman and code in ("complaints", "enquiries", "representations", "referrals")
            else code
        )
    if bodies:
        return _nearest(sentence, bodies, head).code
    return _nearest(sentence, weak, head).code if weak else None


def _nearest(sentence: Sentence, terms: list[tuple[int, Term]], head: int) -> Term:
    """The first noun behind the number, or behind a verb of being after it (“136 contacts were compliments”); else the last before."""
    after = [(i, t) for i, t in terms if i > head]
    if after:
        equated = [t for i, t in after if re.search(r"\b(?:were|was|are|being) (?:[T№] )?$", sentence.before(i))]
        return equated[0] if equated else after[0][1]
    return terms[-1][1]
