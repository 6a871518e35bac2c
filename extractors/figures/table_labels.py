"""What a head or a row label says: measure, dimensions, period, unit, and whether its numbers are changes, times or no figures."""

import re
from calendar import month_name
from dataclasses import dataclass, field
from typing import Literal

from extractors.language.periods import PeriodMention, find_periods
from extractors.language.table_words import nonfigure_head, plain, says, table_words
from extractors.language.terms import Term, find_terms
from schemas.figures import NumberKind

Unit = Literal["", "percent", "count", "both", "percent first", "GBP"]
Average = Literal["", "mean", "median"]

NAMED, BODY, NOUN, WEAK, GENERIC, NOTHING = 5, 4, 3, 2, 1, 0
"""How strongly words name a measure; what went to the Ombudsman is the Ombudsman's, whatever else is said of it."""
_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_name) if name}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One head or row label, or several joined.

    `measure` is "" for a thing that no measure counts; `thing` is the noun that named it, as printed. `covered` says that the
    vocabulary explains all its words; `strong` that it does so with words that mean the same in any table; `unknown` that it has other words as well.
    """

    text: str = ""
    measure: str | None = None
    strength: int = NOTHING
    thing: str = ""
    dims: dict[str, str] = field(default_factory=dict)
    mentions: tuple[PeriodMention, ...] = ()
    unit: Unit = ""
    change: bool = False
    falls: bool = False
    average: Average = ""
    time_unit: str = ""
    rate: str = ""
    on_time: bool = False
    late: bool = False
    total: bool = False
    covered: bool = False
    strong: bool = False
    unknown: bool = False
    nonfigure: NumberKind | None = None


# “Statutory S1” over a column; alone it may as well be a number that a scan damaged.
_STAGE = re.compile(r"(?<=[a-z] )S([123])$")


def read_label(text: str, head: str = "") -> Label:
    """The label `text`; `head` is what stands over it when it is a bare number ("Stage" over "1")."""
    words = table_words()
    named = f"{head} {text}" if plain(head) in words.numbered_heads and _is_bare_number(text) else text
    named = _STAGE.sub(r"Stage \1", " ".join(named.split()))
    found = find_terms(named)
    terms = tuple(t for t in found if t.type != "cue")
    timed = any(t.type == "cue" and t.code == "on_time" for t in found) or says(named, words.on_time)
    timed = timed or _WITHIN.match(plain(named)) is not None or _DONE_WITHIN.search(plain(named)) is not None
    late = says(named, words.late) or _BEYOND.match(plain(named)) is not None or any(t.code == "late" for t in terms)
    mentions = tuple(m for m in find_periods(named) if m.kind != "date" or m.period is not None)
    measure, strength, thing = _measure(terms)
    total = _is_total(named, terms)
    dims = _dims(terms)
    if "event" in dims and _UNDER_WAY.search(plain(named)):
        dims["event"] = "ongoing"
    month = month_of(named) is not None
    average: Average = "median" if says(named, words.median) else "mean" if says(named, words.mean) else ""
    left = _left_over(named, terms, mentions)
    change = not left and (says(named, words.change) or plain(named) in (*words.rises, *words.falls))
    change = change or bool(re.search(r"\+\s?/\s?[-−–]", named))
    return Label(
        text=text.strip(),
        measure=measure,
        strength=strength,
        thing=thing,
        dims={k: v for k, v in dims.items() if k not in ("complainant", "cohort")} if _rate(named) else dims,
        mentions=mentions,
        unit=_unit(named),
        change=change,
        falls=plain(named) in words.falls,
        average=average,
        time_unit="working_days" if says(named, words.working_days) else "days" if says(named, words.days) else "",
        rate=_rate(named),
        on_time=timed and not late,
        late=late,
        total=total,
        covered=month or not left and bool(terms or mentions or total or timed or late or average),
        strong=month or not left and _is_strong(terms, mentions, total or timed or bool(average)),
        unknown=bool(left) and month_of(named) is None,
        nonfigure=nonfigure_head(text) if measure is None else None,
    )


def month_of(text: str) -> int | None:
    """The month that a label is nothing but the name of."""
    bare = plain(text)
    if not re.fullmatch(r"[a-z]{3,9}", bare):
        return None
    number = _MONTHS.get(bare[:3])
    return number if number and month_name[number].lower().startswith(bare) else None


_UNDER_WAY = re.compile(r"\b(?:still (?:to be|being)|being|not yet)\b")
_WITHIN = re.compile(
    r"(?:%|no\.?|number|in|within|under|less than|up to|\s)*\b(?:within|under|up to|less than) \d+ (?:working |calendar )?(?:days?|weeks?)\b"
)
_DONE_WITHIN = re.compile(
    r"\b(?:answered|replied to|responded to|responses?|replies|completed|closed|concluded|done|dealt with|processed)"
    r" (?:sent |made )?(?:in|within|inside|under) (?:the )?\d+ (?:working |calendar )?(?:days?|weeks?)\b"
)
_BEYOND = re.compile(r"(?:%|number|\s)*\b(?:over|more than|after|beyond) \d+ (?:working |calendar )?(?:days?|weeks?)\b")


def joined(*labels: Label) -> Label:
    """Several labels that hold for one cell as one; what a later one says wins, but the stronger name of a measure stays."""
    named = max(reversed(labels), key=lambda label: label.strength, default=Label())
    dims: dict[str, str] = {}
    for label in labels:
        dims.update(label.dims)
    return Label(
        text=" ".join(x.text for x in labels if x.text),
        measure=named.measure,
        strength=named.strength,
        thing=named.thing,
        dims=dims,
        mentions=tuple(m for x in labels for m in x.mentions),
        unit=next((x.unit for x in reversed(labels) if x.unit not in ("", "count")), "")
        or next((x.unit for x in labels if x.unit), ""),
        change=any(x.change for x in labels),
        falls=any(x.falls for x in labels),
        average=next((x.average for x in labels if x.average), ""),
        time_unit=next((x.time_unit for x in labels if x.time_unit), ""),
        rate=next((x.rate for x in labels if x.rate), ""),
        on_time=any(x.on_time for x in labels) and not any(x.late for x in labels),
        late=any(x.late for x in labels),
        total=any(x.total for x in labels),
        covered=all(x.covered for x in labels if x.text),
        strong=all(x.strong for x in labels if x.text),
        nonfigure=next((x.nonfigure for x in labels if x.nonfigure), None),
    )


def _is_bare_number(text: str) -> bool:
    return (
        re.fullmatch(
            r"\d{1,2}|[IiVv]{1,3}|[lI]|one|two|three|four|first|second|third|fourth|[1-4](?:st|nd|rd|th)",
            plain(text),
            re.I,
        )
        is not None
    )


def _measure(terms: tuple[Term, ...]) -> tuple[str | None, int, str]:
    """The measure that the words name, how strongly, and the noun itself."""
    found = [t for t in terms if t.type == "measure"]
    for kinds, strength in (
        (("noun",), NOUN),
        (("body",), BODY),
        (("other",), NOUN),
        (("weak",), WEAK),
        (("generic",), GENERIC),
    ):
        of_kind = [t for t in found if t.kind in kinds]
        if not of_kind:
            continue
        ombudsman = next((t for t in found if t.code == "ombudsman_cases"), None)
        term = ombudsman or of_kind[0]
        if ombudsman is None and kinds == ("noun",):
            # "Complaints upheld by the panel": the first noun; but a noun beside plain complaints says more than they do.
            term = next((t for t in of_kind if t.code != "complaints"), of_kind[0])
        return term.code, BODY if ombudsman else strength, term.text
    return None, NOTHING, ""


def _dims(terms: tuple[Term, ...]) -> dict[str, str]:
    dims: dict[str, str] = {}
    for term in terms:
        if term.type == "measure":
            dims.update(term.implies)
        elif term.code:
            dims[term.name] = term.code
    if len({t.code for t in terms if t.name == "source" and t.code}) > 1:
        del dims["source"]  # “Enquiries from councillors, MPs and MEPs” are those of all
    return dims


def _is_total(text: str, terms: tuple[Term, ...]) -> bool:
    bare = re.sub(r"\(.*?\)", "", plain(text)).strip(" :")
    if bare in table_words().totals:
        return True
    if not re.match(r"(?:(?:grand |overall )?totals?|all)\b", bare) and not bare.endswith(" total"):
        return False
    return not _left_over(text, terms, find_periods(text))


def _left_over(text: str, terms: tuple[Term, ...], mentions: tuple[PeriodMention, ...]) -> tuple[str, ...]:
    """The words that neither vocabulary nor grammar explains."""
    characters = list(text)
    for start, end in [(t.start, t.end) for t in terms] + [(m.start, m.end) for m in mentions] + _cue_spans(text):
        characters[start:end] = " " * (end - start)
    rest = re.findall(r"[a-z]+|\d+|%|&", "".join(characters).lower())
    words = table_words()
    phrases = (*words.change, *words.rises, *words.falls, *words.percent, *words.raised)
    said = {w for phrase in phrases for w in phrase.split()}
    left = tuple(w for w in rest if w not in words.fillers and w not in said)
    # The number of a time limit says nothing of its own.
    return tuple(w for w in left if not w.isdigit()) if says(text, table_words().days) else left


def _cue_spans(text: str) -> list[tuple[int, int]]:
    words = table_words()
    spans = [
        (t.start, t.end) for t in find_terms(text) if t.type == "cue" and t.code in ("on_time", "average", "median")
    ]
    for phrase in (*words.on_time, *words.late, *words.working_days, *words.days, *words.mean, *words.median):
        spans += [(m.start(), m.end()) for m in re.finditer(rf"(?<![a-z]){re.escape(phrase)}(?![a-z])", text.lower())]
    return spans


_STRONG_DIMS = frozenset({"stage", "regime", "outcome", "complainant", "source", "event", "gender"})


def _is_strong(terms: tuple[Term, ...], mentions: tuple[PeriodMention, ...], other: bool) -> bool:
    nouns = [t for t in terms if t.type == "measure" and t.kind in ("noun", "body")]
    dims = [t for t in terms if t.type == "dim" and t.name in _STRONG_DIMS]
    return bool(mentions or other or dims) or len({t.code for t in nouns}) == 1


def _unit(text: str) -> Unit:
    words = table_words()
    outside, bracketed = re.sub(r"\(.*?\)", " ", text), " ".join(re.findall(r"\((.*?)\)", text))
    percent = says(outside, words.percent) or "%" in outside
    percent_inside = "%" in bracketed or says(bracketed, words.percent)
    count_inside = says(bracketed, words.count)
    if percent_inside and says(outside, words.count) and not percent:
        return "both"
    if percent and count_inside:
        return "percent first"
    if "£" in text:
        return "GBP"
    if percent or percent_inside:
        return "percent"
    return "count" if says(text, (*words.count, *words.raised)) else ""


def _rate(text: str) -> str:
    m = re.search(r"\bper\s+(\d{1,3}(?:,?\d{3})*)", plain(text))
    return f"per_{m[1].replace(',', '')}_children" if m else ""
