"""The breakdown of one number in a sentence: what a list or an enumeration calls it, its theme, and what its subject gives it."""

import re

from extractors.figures.breakdowns import asked_in, filled_by
from extractors.figures.clusters import Cluster
from extractors.figures.drafts import Context
from extractors.figures.role import Role
from extractors.figures.subjects import COMMONEST, Subject
from extractors.figures.themes import theme_of_team
from extractors.language.clause import PERCENT, Sentence
from schemas.vocabulary import FREE_DIMENSIONS


def read_breakdown(
    sentence: Sentence, role: Role, cluster: Cluster, subject: Subject, context: Context
) -> tuple[dict[str, str], str]:
    """The dimensions of a number, and the label in a list that one of them comes from ("" if none does)."""
    dims = dict(subject.dims)
    labelled = _list_label(sentence, role, labelled=context.labelled) or role.run or ""
    if role.run is not None:
        dims.pop("cohort", None)  # a name says whose complaints they are, not who is counted
    enumerated = role.label is not None and _says_what_is_listed(sentence, role, context)
    if role.label is not None and enumerated:
        dims = {k: v for k, v in dims.items() if k not in ("category", "team", "service")}
        labelled = role.label.text
    elif subject.theme is not None and _is_named(sentence, subject.theme[1]):
        dims.pop("cohort", None)
    if not (role.label and labelled) and role.run is None and (theme := _own_theme(sentence, subject, dims, context)):
        dims[theme[0]] = theme[1]
        if theme[0] == "team" and "outcome" not in dims and (category := theme_of_team(sentence, cluster)):
            dims["category"] = category
        labelled = ""
    if labelled and not dims.keys() & {"category", "outcome", "event", "complainant"}:
        dims.update([filled_by(labelled, _asked(sentence, context) or role.run_by)])
    return _one_team(dims, context), labelled


def _own_theme(sentence: Sentence, subject: Subject, dims: dict[str, str], context: Context) -> tuple[str, str] | None:
    """The dimension, and its value, that the theme of a number fills, unless something else says already what it is of."""
    if subject.theme is None:
        return None
    name, value = subject.theme
    if dims.keys() & {"category", "service", "event"} or (name != "team" and "complainant" in dims):
        return None
    return filled_by(value, _asked(sentence, context)) if name == "category" else (name, value)


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
