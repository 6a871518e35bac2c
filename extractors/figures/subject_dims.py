"""The breakdown that the terms beside a number give it, and what of it the vocabulary leaves unsaid."""

import re
from itertools import pairwise

from extractors.language.clause import Sentence
from extractors.language.terms import Term


def read_dims(sentence: Sentence, terms: list[tuple[int, Term]], head: int) -> dict[str, str]:
    """The dimensions, and their values, that `terms` (by the token that they begin at) give the number at `head`."""
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
