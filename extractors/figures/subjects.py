"""Which measure, breakdown and period a cluster of numbers is about, from the words of its segment and what went before."""

import re
from dataclasses import dataclass
from itertools import pairwise

from extractors.figures.clusters import Cluster, clause_end
from extractors.figures.drafts import Context, Topic
from extractors.figures.in_time import speaks_of_time
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
    tokens = [(i, t) for i, t in enumerate(sentence.tokens) if cluster.first <= i < clause_end(sentence, cluster)]
    terms = [(i, term) for i, t in tokens for term in t.terms if _counts(sentence, i, term, head)]
    label = label_before(sentence, cluster, head)
    if label and sentence.signs[head] == NUMBER:
        width = len(label.split()) + 2
        terms = [
            (i, t) for i, t in terms if t.type == "dim" or t.kind in ("noun", "body") or not head - width <= i < head
        ]
    if (name := cluster.roles[0].run) is not None:
        begins = sentence.text.lower().rfind(name.lower(), 0, sentence.tokens[head].start)
        terms = [(i, t) for i, t in terms if not begins <= sentence.tokens[i].start < sentence.tokens[head].start]
    listed = cluster.roles[0].label
    if listed is not None:
        terms = [(i, t) for i, t in terms if not listed.first <= i < head]
    if context.labelled:
        bare = re.fullmatch(
            r"(?:total |number of |all )*T (?:received )?(?:: |- |– )?", " ".join(sentence.signs[:head]) + " "
        )
        terms = [(i, t) for i, t in terms if bare or t.type == "dim" or t.kind in ("noun", "body")]
    measure = _measure(sentence, terms, head)
    dims = _dims(sentence, terms, head)
    if measure in (None, "complaints", "representations") and informal_concerns(sentence, head):
        measure, dims = "initial_feedback", {}
    elif letters_of(sentence, head) and (measure is None or measure == context.topic.measure):
        measure = "enquiries"
    if measure == "enquiries" and dims.get("event") == "closed_after_enquiries":
        measure = "ombudsman_cases"  # the enquiries are the Ombudsman's first
    own = measure is not None
    generic = [t for _, t in terms if t.type == "measure" and t.kind == "generic"]
    base = whole or Subject(
        measure=context.topic.measure, dims=_topic_dims(sentence, cluster, context.topic), own=False
    )
    if own and whole is None and not _anaphoric(sentence, terms):
        base = Subject(measure=None, dims={}, own=False)
    heading = context.heading
    segment = sentence.signs[cluster.first : cluster.end]
    if (
        (measure or base.measure) in ("compliments", "comments", "payments", "representations")
        and speaks_of_time(segment)
        and not own
    ):
        measure = "complaints"
    if measure is None and _counts_people(sentence, head, cluster):
        measure, own = "children_supported", True
    if measure is None:
        measure = (base.measure if base.measure is not None else heading.measure) or _implied_measure(dims)
        if (
            ("complainant" in dims or ("cohort" in dims and _THERE_WERE.search(sentence.before(head))))
            and whole is None
            and not said_of(sentence, cluster)
            and not (context.topic.measure == measure and re.match(r"^(?:№ of the № )", " ".join(sentence.signs)))
            and measure in ("assessments", "referrals", "compliments", "comments", "payments", "workforce", "enquiries")
        ):
            measure = None
        if measure == "ombudsman_cases" and whole is None and {"stage", "regime"} & set(dims):
            measure = "complaints"
        if measure == "representations" and whole is None and set(dims) & {"stage", "regime", "outcome", "complainant"}:
            measure = "complaints"
        if measure is None and (
            speaks_of_time(segment)
            or set(dims) & {"complainant", "event", "gender"}
            or label
            or context.labelled
            or (listed is not None and (heading.dims or COMMONEST.match(" ".join(sentence.signs))))
            or cluster.roles[0].name == "rate"
        ):
            measure = context.default
        if generic:
            own = True
            if measure is None or (set(dims) & {"stage"} and measure not in ("complaints", "responses_on_time")):
                measure = generic[0].code if context.default or set(dims) & {"stage"} else measure
    elif measure == "complaints" and base.measure == "ombudsman_cases" and whole is not None:
        measure = base.measure
    elif _at_ombudsman(sentence, measure, context) and not set(dims) & {"stage", "regime", "source"}:
        measure = "ombudsman_cases"
    if (
        measure == "ombudsman_cases"
        and _SENT.search(sentence.before(head))
        and sentence.after(head).startswith(" back")
    ):
        dims["event"], own = "premature", True
    merged = {**_heading_dims(measure, heading), **base.dims, **dims}
    parted = re.search(r"\bof (?:them|these|those)\b", sentence.before(head))  # “14 of them statutory and 7 corporate”
    if (
        "regime" in dims
        and base.dims.get("regime", dims["regime"]) != dims["regime"]
        and "stage" not in dims
        and not parted
    ):
        merged.pop("stage", None)  # “71 were statutory complaints at Stage 1, 16 were corporate”
    named = any(t.code == "corporate" for i, t in terms if i < head)
    if (
        named
        and dims.get("regime") == "corporate"
        and "stage" not in {**dims, **heading.dims}
        and "regime" not in base.dims
    ):
        merged.pop("stage", None)  # the stage spoken of is one of the procedure in law
    theme = read_theme(sentence, cluster, dims, context)
    return Subject(
        measure=measure,
        dims=tidy(measure, merged),
        own=own,
        theme=None if measure == "initial_feedback" and _is_another_name(sentence, theme) else theme,
        generic=bool(generic),
    )


_SENT = re.compile(r"\b(?:sent|sending|referred|referring|returned|returning|passed|passing) $")
"""“He referred one back for local resolution.”"""


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


def _counts(sentence: Sentence, index: int, term: Term, head: int) -> bool:
    """Whether a term says what is counted, and is not merely mentioned (“services for children”)."""
    if term.type == "cue":
        return False
    before = sentence.before(index)
    if term.code == "representations" and _THEME.search(before):
        return False
    if term.code == "resolved" and (
        term.text.isupper() or re.match(r"^ (?:(?:-|–|—|:) )?that\b", sentence.after(index))
    ):
        return False
    if _ASIDE.search(before) or (term.type == "measure" and _MODIFIES.match(sentence.after(index))):
        return False
    if re.search(
        r"\bnot (?:go|gone|proceed|proceeded|progress|progressed|escalated?|reach|reached)(?: on| to| further| forward)* $",
        before,
    ):
        return False
    if term.type == "measure" and re.search(r"\b(?:not|never) (?:\w+ ){1,2}as $", before):
        return False  # “and were not registered as complaints”
    if term.name == "stage" and (_LEFT.search(before) or _AND_ABOVE.match(sentence.after(index))):
        return False
    if term.name == "complainant" and term.code == "other" and term.text.lower() == "other":
        return False
    if term.name in ("complainant", "source") and _QUOTED_WORD.search(
        sentence.text[sentence.start : sentence.tokens[index].start]
    ):
        return False  # “three as ‘Through an advocate’” says how they were made
    if term.name in ("complainant",):
        return _complains(sentence, index, head, before)
    if term.name == "source":
        return bool(
            re.search(r"(?:\b(?:by|from|made|were|and|or|for|that)|[№;:,(•]) (?:an |a |the )?(?:№ )?$|^$", before)
        )
    if term.name == "regime" and _OF_A_LIMIT.match(sentence.after(index)):
        return False
    if term.name == "event" and term.code in ("investigated", "decided"):
        return True
    return not re.search(
        r"\b(?:per|for every|head of|report on|learning from|policy|leaflet|training) (?:№ )?$", before
    )


_QUOTED_WORD = re.compile(r"[“‘][^”’“‘]*\w[^”’“‘]*$")
"""Words of a name in quotes, before another word of it."""
_THEME = re.compile(r"[№%] (?:were |was )?about (?:[a-zT]+ about )?$")
"""“Eleven about decisions about contact”."""
_LEFT = re.compile(r"\b(?:T|up|on|forward|progressed|moved|went|gone) from (?:T and )?$")
"""“Four had been escalated from Stage 1” are at another stage by now."""
_AND_ABOVE = re.compile(r"^ (?:or|and) (?:above|beyond|higher|over)\b")
_OF_A_LIMIT = re.compile(
    r"^ (?:№ )?(?:working |calendar )?(?:days?|limits?|periods?|timescales?|deadlines?|guidance|regulations)\b"
)
_ASIDE = re.compile(
    r"\b(?:counting|including|excluding|includes|other than|rather than|not including|as well as|apart from|except|except for) (?:the |all )?$"
)


_MODIFIES = re.compile(
    r"^ (?:s )?(?:service|services|manager|managers|officer|officers|team|teams|procedures?|process|processes|reports?|unit|policy|section|system|"
    r"systems|coordinator|co - ordinator|department|leaflets?|form|forms|data|figures|performance|handling|training|log|register|"
    r"handler|handlers|function|staff|records|framework|activity|website|page|summary|information)\b"
)


def _complains(sentence: Sentence, index: int, head: int, before: str) -> bool:
    if re.search(
        r"(?:\b(?:from|by|were|was|been|came|via|made|through|had|and|or|of|with|them|another|largest|T)|[:;,•(]) (?:the |other |an? |another |their |their own |help of an )?$|^$|[№%)] $",
        before,
    ):
        about = not re.search(r"\bby or on behalf of (?:the |an? )?$", before) and re.search(
            r"\b(?:about|for|to|working with|concerning|regarding|services?|per|open|in respect of|on behalf of) (?:\w+ )?$",
            before,
        )
        said_of = re.search(
            r"\b(?:per|every|each) № $|\b(?:services? for|proportion of|number of|needs of|rights of|voices? of) (?:\w+ )?$",
            before,
        )
        return not about and not said_of
    return False


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


def _dims(sentence: Sentence, terms: list[tuple[int, Term]], head: int) -> dict[str, str]:
    dims: dict[str, str] = {}
    for i, term in terms:
        if term.type == "measure" and (term.kind != "close" or head < i <= head + 2):
            dims.update({k: v for k, v in term.implies if k != "source" or not _and_others(sentence, i)})
    by_name: dict[str, list[tuple[int, Term]]] = {}
    for i, term in terms:
        if term.type == "dim" and term.code:
            by_name.setdefault(term.name, []).append((i, term))
    if re.search(r"\b(?:T|closed|closing) $", sentence.before(head)) and re.match(
        r"^ after (?:making |some )?(?:initial |first |preliminary |early )?(?:T|enquiries|inquiries)",
        sentence.after(head),
    ):
        return {**dims, "event": "closed_after_enquiries"}
    for name, found in by_name.items():
        found = [(i, t) for i, t in found if not (t.code == "closed" and _at_stage(sentence, i))]
        if not found:
            continue
        if name == "source" and any(b - a == 2 and s.code != t.code for (a, s), (b, t) in pairwise(found)):
            continue  # enquiries “from MPs and councillors together”
        if name == "stage" and any(_grew(sentence, i, head) for i, _ in found):
            found = [(i, t) for i, t in found if i < head]
        after = [t for i, t in found if i > head]
        reached = [t for i, t in found if name == "stage" and _reached(sentence, i)]
        dims[name] = (reached or after[:1] or [found[-1][1]])[0].code
    cared = [i for i, t in by_name.get("cohort", ()) if t.code in ("looked_after", "care_leaver")]
    if "complainant" not in dims and any(_MADE_BY.search(sentence.before(i)) for i in cared):
        dims["complainant"] = "child"
    return dims


_MADE_BY = re.compile(
    r"(?:\b(?:made|raised|submitted|lodged) by|(?:\b(?:came|come|were|was|been|and)|[T№,]|^) from|№ by) (?:a |the |our )?$"
)
"""“Eight complaints were made by children in care”; those about them, or on their behalf, anyone may have made."""


def _grew(sentence: Sentence, index: int, head: int) -> bool:
    """Whether what a term names grew by the number (“Stage 1 complaints went up by 25, and Stage 2 complaints doubled”)."""
    between = " ".join(sentence.signs[index + 1 : head])
    return index < head and re.fullmatch(r"(?:T )*(?:(?:had|have|has|were|was) )?[▲▼] by", between) is not None


def _and_others(sentence: Sentence, index: int) -> bool:
    """Whether a noun that says who asked goes on with others (“enquiries from MPs and councillors”)."""
    ahead = sentence.tokens[index + 1 : index + 3]
    return len(ahead) == 2 and ahead[0].sign in ("and", "or") and any(t.name == "source" for t in ahead[1].terms)


def _at_stage(sentence: Sentence, index: int) -> bool:
    """“Closed at Stage 1” says where a complaint ended; the event is of use only with a count of what was closed."""
    ahead = sentence.tokens[index + 1 : index + 3]
    return len(ahead) == 2 and ahead[0].sign == "at" and any(t.name == "stage" for t in ahead[1].terms)


def _reached(sentence: Sentence, index: int) -> bool:
    """Whether a stage is where something went to (“moved on to Stage 2”)."""
    if re.search(r"\b(?:to|reached) (?:a |the )?$", sentence.before(index)):
        return True
    return (
        any(t.name == "event" and t.code == "escalated" for t in sentence.tokens[index - 1].terms) if index else False
    )


def tidy(measure: str | None, dims: dict[str, str]) -> dict[str, str]:
    """Drop what the vocabulary says goes without saying, and dims that the measure cannot have."""
    kept = dict(dims)
    if "stage" in kept and kept.get("event") in ("escalated", "investigated") and measure == "complaints":
        kept.pop("event")
    if measure == "complaints" and kept.get("event") == "decided":
        kept.pop("event")
    if measure not in ("enquiries", "responses_on_time"):
        kept.pop("source", None)
    if measure in ("compliments", "comments", "referrals", "assessments", "payments", "savings", "adr_cases"):
        for name in ("stage", "regime", "outcome", "event", "cohort"):
            kept.pop(name, None)
        if measure not in ("compliments", "comments"):
            kept.pop("complainant", None)
    if measure != "ombudsman_cases" and kept.get("event") == "premature":
        kept.pop("event")  # what is sent back to a team is not sent back by the Ombudsman
    if measure == "ombudsman_cases" and kept.get("event") in ("escalated", "completed"):
        kept.pop("event")
    if measure == "children_supported":
        kept.pop("event", None)
    if measure in ("ombudsman_cases", "enquiries", "representations", "subject_access_requests", "children_supported"):
        for name in (
            "stage",
            "complainant",
            *(("regime",) if measure in ("enquiries", "subject_access_requests") else ()),
        ):
            kept.pop(name, None)
    if measure == "responses_on_time":
        for name in ("event", "outcome"):
            kept.pop(name, None)
    if kept.get("outcome") and kept.get("event") in (
        "closed",
        "completed",
        "decided",
        "investigated",
        "outstanding",
        "assessed",
    ):
        kept.pop("event")
    return kept
