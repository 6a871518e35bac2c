"""The register of UK local authorities, current and former: names, codes, dates, and where a text names one."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

AuthorityType = Literal[
    "county", "unitary", "london_borough", "metropolitan", "district", "combined", "ni_district", "scottish_unitary",
    "welsh_unitary", "city_corporation", "regional",
]  # fmt: skip

_DATA = Path(__file__).with_name("data") / "authorities.csv"
_WITH_SOCIAL_CARE = frozenset(
    {"county", "unitary", "london_borough", "metropolitan", "scottish_unitary", "welsh_unitary", "city_corporation"}
)
_TOKEN = re.compile(r"[A-Za-z]+(?:['’]s)?|&")
_GAP = re.compile(r"[ \t\u00a0]*[,.'’-]?[ \t\u00a0]*\n?[ \t\u00a0]*")
# A name with one of these words is a council's; without, it is the name of a place.
_COUNCIL_WORDS = frozenset(
    {
        "council",
        "corporation",
        "authority",
        "lb",
        "lbc",
        "mbc",
        "mdc",
        "cc",
        "bc",
        "lbbd",
        "lbhf",
        "rbkc",
        "cbmdc",
        "banes",
        "bathnes",
    }
)
# Names that are words too: at the head of a sentence they are taken for the word.
_ORDINARY = frozenset({"reading", "bury", "down", "hart", "eden", "barking", "slough", "rugby", "highland", "boston"})
_POSTCODE = re.compile(r"[\s,]{1,3}[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")
_STREET = re.compile(r"\b(?:Street|Road|Avenue|Lane|Square|Court|Hill|Row|Way|Drive|House|Hall)\b[,.\s]{1,3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A council. `name` is the form used in exports; `code` its GSS code ("" where none is known); `successors` are keys.

    `start` and `end` are its first and last day, None where unknown or, for `end`, where it still exists.
    """

    key: str
    name: str
    short: str
    code: str
    former_codes: tuple[str, ...]
    start: date | None
    end: date | None
    successors: tuple[str, ...]
    nation: str
    type: AuthorityType
    aliases: tuple[str, ...]

    @property
    def social_care(self) -> bool:
        """Whether it is, by its type, responsible for children's social care."""
        return self.type in _WITH_SOCIAL_CARE

    def existed(self, on: date) -> bool:
        """Whether it existed on the day, as far as is known."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityMention:
    """Characters `start` to `end` name `authority`; `candidates` are all councils of that name, the likeliest first.

    A `strong` mention names the council ("Reading Borough Council"), a weak one the place ("Reading"), an `address` too.
    """

    start: int
    end: int
    authority: Authority
    candidates: tuple[Authority, ...]
    strong: bool
    address: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """All authorities, by name and by code. `names` holds names as tuples of plain words."""

    authorities: tuple[Authority, ...]
    names: dict[tuple[str, ...], tuple[Authority, ...]]
    lengths: dict[str, tuple[int, ...]]
    joined: dict[str, tuple[Authority, ...]]

    def by_name(self, name: str, on: date | None = None) -> Authority | None:
        """The authority called `name`, in any usual form; the one valid on the day where several shared the name."""
        found = self.names.get(tuple(_words(name)), ())
        return _likeliest(found, on)[0] if found else None

    def by_code(self, code: str) -> Authority | None:
        """The authority with this GSS code, present or former."""
        return next((a for a in self.authorities if code and (a.code == code or code in a.former_codes)), None)

    def by_web_name(self, label: str, on: date | None = None) -> Authority | None:
        """The authority whose name, run together, is `label`: "bathnes", "eastsussex"; from a host or file name."""
        found = self.joined.get(re.sub(r"[^a-z]", "", label.lower()), ())
        return _likeliest(found, on)[0] if found else None

    def find_in(self, text: str, on: date | None = None, *, any_case: bool = False) -> tuple[AuthorityMention, ...]:
        """Where `text` names authorities, longest names first.

        A name counts with a capital letter only, unless `any_case` (for file names).
        """
        return tuple(self._mentions(text, on, any_case))

    def _mentions(self, text: str, on: date | None, any_case: bool) -> Iterator[AuthorityMention]:
        tokens = list(_TOKEN.finditer(text))
        words = [_word(t[0]) for t in tokens]
        at = 0
        while at < len(tokens):
            name = self._longest(text, tokens, words, at)
            start = tokens[at].start()
            word = name == words[at : at + 1] and words[at] in _ORDINARY and _opens_sentence(text, start)
            if not name or not (any_case or (text[start].isupper() and not word)):
                at += 1
                continue
            last = tokens[at + len(name) - 1]
            # the "'s" of "Harrow's" is no part of the name
            end = last.end() - (2 if name[-1] != _word(last[0]) else 0)
            found = _likeliest(self.names[tuple(name)], on)
            strong = _is_strong(name)
            address = not strong and _in_address(text, start, end)
            yield AuthorityMention(
                start=start, end=end, authority=found[0], candidates=found, strong=strong, address=address
            )
            at += len(name)

    def _longest(self, text: str, tokens: list[re.Match[str]], words: list[str], at: int) -> list[str]:
        """The words of the longest name that begins with token `at`; none where none does."""
        lengths = {*self.lengths.get(words[at], ()), *self.lengths.get(_bare(tokens[at][0]), ())}
        for length in sorted(lengths, reverse=True):
            run = tokens[at : at + length]
            if len(run) < length:
                continue
            gaps = (text[a.end() : b.start()] for a, b in zip(run, run[1:], strict=False))
            if not all(_GAP.fullmatch(gap) for gap in gaps):
                continue
            printed = words[at : at + length]
            for name in (printed, [*printed[:-1], _bare(run[-1][0])]):
                if tuple(name) in self.names:
                    return name
        return []


@cache
def load_authorities() -> Register:
    """The register, read once."""
    with _DATA.open(encoding="utf-8", newline="") as file:
        authorities = tuple(_authority(row) for row in csv.DictReader(file))
    names: dict[tuple[str, ...], list[Authority]] = {}
    joined: dict[str, list[Authority]] = {}
    for authority in authorities:
        for name in {authority.name, *authority.aliases}:
            words = tuple(_words(name))
            for held in (names.setdefault(words, []), joined.setdefault("".join(words), [])):
                if authority not in held:
                    held.append(authority)
    lengths: dict[str, set[int]] = {}
    for words in names:
        lengths.setdefault(words[0], set()).add(len(words))
    return Register(
        authorities,
        {k: tuple(v) for k, v in names.items()},
        {k: tuple(sorted(v, reverse=True)) for k, v in lengths.items()},
        {k: tuple(v) for k, v in joined.items()},
    )


def _authority(row: dict[str, str]) -> Authority:
    return Authority(
        key=row["key"],
        name=row["name"],
        short=row["short"],
        code=row["code"],
        former_codes=tuple(row["former_codes"].split()),
        start=date.fromisoformat(row["start"]) if row["start"] else None,
        end=date.fromisoformat(row["end"]) if row["end"] else None,
        successors=tuple(row["successors"].split()),
        nation=row["nation"],
        type=row["type"],  # type: ignore[arg-type]
        aliases=tuple(row["aliases"].split("|")),
    )


def _words(name: str) -> list[str]:
    return [_word(t) for t in _TOKEN.findall(name)]


def _word(token: str) -> str:
    return "and" if token == "&" else token.lower().replace("'", "").replace("’", "")


def _bare(token: str) -> str:
    """The word without a possessive "'s"."""
    return token[:-2].lower() if token[-2:-1] in ("'", "’") else _word(token)


def _likeliest(found: Iterable[Authority], on: date | None) -> tuple[Authority, ...]:
    """Those with social care before districts, then those that existed on the day (without a day: that exist now)."""

    def rank(authority: Authority) -> tuple[bool, bool, str]:
        valid = authority.end is None if on is None else authority.existed(on)
        return (not authority.social_care, not valid, authority.key)

    return tuple(sorted(found, key=rank))


def _is_strong(words: list[str]) -> bool:
    return bool(_COUNCIL_WORDS.intersection(words)) or ("borough" in words and "of" in words)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip(" \t'\"‘“(")
    return not before or before[-1] in ".!?:;•·*-–—\n|\t"


def _in_address(text: str, start: int, end: int) -> bool:
    return bool(_POSTCODE.match(text, end) or _STREET.search(text[max(0, start - 40) : start]))
