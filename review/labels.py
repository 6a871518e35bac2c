"""Codes in plain words, and numbers as people write them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

GRADES: Mapping[str, str] = {
    "proved": "a relation that the document states confirms it",
    "read": "read without doubt; nothing confirms it",
    "doubtful": "damaged, ambiguous, or in a check that fails",
    "unreadable": "the print cannot be read",
}
SEVERITIES = ("high", "medium", "low")
KINDS: Mapping[str, str] = {
    "percent_change_mismatch": "percentage change does not fit",
    "change_mismatch": "change does not fit",
    "share_mismatch": "share does not fit",
    "sum_mismatch": "parts do not add up",
    "conflicting_statement": "conflicting statements",
    "restated_figure": "restated figure",
    "unreadable_number": "unreadable number",
    "impossible_value": "impossible value",
    "implausible_period": "implausible period",
    "carried_forward": "carried forward",
    "series_break": "break in a series",
}
STATUSES: Mapping[str, str] = {
    "agreed": "all documents that speak of it agree",
    "single_sourced": "one document alone speaks of it",
    "restated": "a later document gives another value",
    "contradicted": "documents contradict each other",
    "repaired": "it can be read in another document than its own alone",
    "unclear": "what is said cannot be compared",
    "missing": "no document gives this year",
}
_MEASURES = {"adr_cases": "ADR cases", "": "not known"}
_UNITS = {"percent": "%", "percentage_points": " percentage points", "count": ""}


def measure(code: str) -> str:
    """A measure: “Ombudsman cases”."""
    return _MEASURES.get(code) or code.replace("_", " ").capitalize()


def words(code: str) -> str:
    """A code without its underscores."""
    return code.replace("_", " ")


def breakdown(dims: Sequence[tuple[str, str]]) -> str:
    """Dimensions: “stage 1, upheld, team Fostering”."""
    return ", ".join(_dimension(name, value) for name, value in dims)


def _dimension(name: str, value: str) -> str:
    if name in ("outcome", "event", "regime", "complainant", "cohort"):
        return words(value)
    return f"{name} {words(value)}"


def number(value: Decimal | str | None, unit: str = "count") -> str:
    """A value with its unit: “1,250”, “13.0%”, “£1,250”, “12 working days”; "–" where there is none."""
    if value is None or value == "":
        return "–"
    exact = Decimal(value)
    text = f"{exact:,f}"
    if unit == "GBP":
        return f"−£{text[1:]}" if exact < 0 else f"£{text}"
    sign = text.replace("-", "−")
    return f"{sign}{_UNITS[unit]}" if unit in _UNITS else f"{sign} {words(unit)}"


def count(many: int, noun: str, plural: str = "") -> str:
    """A count with its noun: “1 document”, “1,269 figures”."""
    return f"{many:,} {noun if many == 1 else plural or (noun if noun.endswith('s') else noun + 's')}"
