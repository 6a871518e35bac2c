"""The dimension that a label fills which the vocabulary does not know: a theme, unless its own words or its list's say otherwise."""

import re

from extractors.language.table_words import dimension_of_head

_CHANNEL = re.compile(
    r"(?:(?:by|via|through|in|on|over|using) (?=\S+$|\S+ \S+$))?(?:the |our |an? )?"
    r"(?P<way>(?:on-?line|web|website|internet|electronic)(?: (?:complaints? )?(?:form|portal|page))?|e ?-? ?mail|(?:tele)?phone(?: call)?|"
    r"letter(?: or form)?|post|in person|person|face to face|in writing|writing|paper|text(?: message)?|app|portal|complaints? form|form|social media|fax)s?",
    re.I,
)
_IN_FULL = {"person": "in person", "writing": "in writing"}
_BY = re.compile(r"\bby ((?!the\b|our\b|an?\b|or\b|and\b)[a-z'’-]+(?: (?:of )?[a-z'’-]+)?)", re.I)
_MOST = re.compile(
    r"^(?:the )?(?P<things>[a-z]+s) (?:with the (?:most|fewest)|that (?:had|drew|received) (?:the )?most)\b", re.I
)
_WHICH = re.compile(r"\b(?:which|what) (?P<things>[a-z]+s)\b[^.?]*\?$", re.I)
_FOLLOWING = re.compile(r"\bfollowing (?P<things>[a-z]+s)\b", re.I)
_PLACES = re.compile(
    r"\b(?:geographically|(?:every|each|all) parts? of the (?:county|city|borough|district|island))\b", re.I
)
_BACKGROUND = re.compile(r"\bethnic (?:background|origin|group)s?\b|\bethnicity\b", re.I)


def asked_in(text: str) -> str:
    """The dimension that a text breaks numbers down by: "team" for “By district the complaints were …”; "" where it does not say."""
    if _BACKGROUND.search(text):
        return "ethnicity"
    if _PLACES.search(text):
        return "team"
    named = [m[1] for m in _BY.finditer(text)]
    named += [m["things"] for pattern in (_WHICH, _FOLLOWING) for m in pattern.finditer(text)]
    if most := _MOST.match(text.strip()):
        named.append(most["things"])
    found = (dimension_of_head(name) for name in named)
    return next((name for name in found if name and name != "category"), "")


def filled_by(label: str, asked: str) -> tuple[str, str]:
    """The dimension that a label fills and its value: how complaints were made, what was `asked`, or else a theme."""
    way = _CHANNEL.fullmatch(label.strip())
    if way:
        return "channel", _IN_FULL.get(way["way"], way["way"])
    return asked or "category", label
