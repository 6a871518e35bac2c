"""Names of teams in running text and in headings: “Emergency Duty Team”, “Children in Care 0-11 Team”.

A name is told by its capitals and by its last word. What its words would mean elsewhere they do not mean in it: complaints about
the Leaving Care Team need not come from care leavers.
"""

import re

_WORD = r"[A-Z][\w'’/&-]*"
_JOINED = rf"{_WORD}(?: (?:{_WORD}|&|and|of|in|for|to|with|\d{{1,2}}(?:[-–]\d{{1,2}})?))*"
TEAM = rf"{_JOINED} (?:Team|Service|Unit)\b"
"""A pattern for the name of a team, a service or a unit."""

CALLED_TEAM = rf"(?:{TEAM}|{_JOINED}(?= team\b))"
"""The same, or a name before the word “team”, which is then no part of it: “the Children in Care 0-11 team”."""

_ANYWHERE = re.compile(
    rf"\b{CALLED_TEAM}(?! \d)"
)  # a number behind it is its own, or what is counted of a label that was cut
_HEADING = re.compile(rf"\W*(?:[\d.]+\W+)?(?:The )?(?P<team>{_JOINED} Team)\W*")
_ABOUT = re.compile(
    rf"\b(?:concerning|regarding|about|against|relating to|related to|received by|made to|for|in|of) the (?P<team>{TEAM})"
)
_NO_PART = re.compile(
    r"\b(?:complaints?|customer|feedback|representations?|council|ombudsman|advocacy|quality assurance|report|legal)\b",
    re.I,
)
"""Who handles complaints, speaks for those who make them, or writes about them is not whom they are about."""


def team_names(text: str) -> list[tuple[int, int]]:
    """Where names of teams stand in a text, by their first character and their end."""
    return [m.span() for m in _ANYWHERE.finditer(text)]


def named_team(title: str) -> str:
    """The one team that a heading or a caption is about; "" where it names none, or several."""
    whole = _HEADING.fullmatch(title)
    found = {whole["team"]} if whole else {m["team"] for m in _ABOUT.finditer(title)}
    name = found.pop() if len(found) == 1 else ""
    return "" if _NO_PART.search(name) else name
