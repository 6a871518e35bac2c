"""Names of teams, themes and other free text: when two are one, and when they may be.

Two names are one only if they are spelt alike but for what does not matter (case, punctuation, "&", a plural, a known abbreviation, the
order of words, a closing "team"). What is merely similar is a possibility, which is reported and never acted upon.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import yaml
from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz, process

from schemas.vocabulary import DATA

_ALIKE = 86.0
_MOST_NAMES = 1500


class _Services(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    words: tuple[str, ...]
    unless: tuple[str, ...]


class _Names(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    abbreviations: Mapping[str, str]
    tails: frozenset[str]
    fillers: frozenset[str]
    directions: frozenset[str]
    services: tuple[_Services, ...]


@cache
def _known() -> _Names:
    return _Names.model_validate(yaml.safe_load((DATA / "names.yaml").read_text(encoding="utf-8")))


@lru_cache(maxsize=100_000)
def plain_name(name: str) -> str:
    """The name without what does not matter: equal for two names that are one."""
    known = _known()
    text = re.sub(r"['’](s\b)?", r"\1", name.casefold())
    tokens = [t for token in re.findall(r"\w+(?:&\w+)?", text) for t in _parted(token, known.abbreviations)]
    words = [_singular(w) for token in tokens for w in known.abbreviations.get(token, token).split()]
    words = [word for word in words if word not in known.fillers] or words
    while len(words) > 1 and words[-1] in known.tails:
        words.pop()
    return " ".join(words if known.directions.intersection(words) else sorted(words))


def _parted(token: str, abbreviations: Mapping[str, str]) -> list[str]:
    """“Fostering&Adoption” is two words, “R&A” is one if it is a known abbreviation."""
    return [token] if token in abbreviations else token.split("&")


def _singular(word: str) -> str:
    if word in ("children", "childrens"):
        return "child"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=10_000)
def service_code(service: str) -> str:
    """The code of other people's services ("adults"), "" for what is, or may be, about children."""
    words = set(re.findall(r"\w+", re.sub(r"['’]", "", service.casefold())))
    words |= {_singular(word) for word in words}
    for of in _known().services:
        if words.intersection(of.words) and not words.intersection(of.unless):
            return of.code
    return ""


def similar_names(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of plain names that may be one: spelt nearly alike, or one with words more than the other."""
    known = sorted(set(names))
    for start in range(0, len(known), _MOST_NAMES):
        some = known[start : start + _MOST_NAMES]
        scores = process.cdist(some, some, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
        for i, j in zip(*scores.nonzero(), strict=True):
            if i < j and not _differ_by_mark(some[i], some[j]):
                yield some[i], some[j]


def joined_names(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(whole, part, part): a plain name made of the words of two others, as after a merger."""
    words = {name: frozenset(name.split()) for name in sorted(set(names))}
    by_words = {of: name for name, of in words.items()}
    for whole, of in words.items():
        if len(of) < 2:
            continue
        inside = [other for other in _inside(of, by_words) if other != of]
        for one in inside:
            rest = by_words.get(of - one)
            if rest is not None and by_words[one] < rest:
                yield whole, by_words[one], rest


def _inside(of: frozenset[str], by_words: Mapping[frozenset[str], str]) -> list[frozenset[str]]:
    """Names all of whose words are among `of`; names have few words, so that their subsets are tried, not all names."""
    words = sorted(of)[:8]
    subsets = (frozenset(w for i, w in enumerate(words) if bits >> i & 1) for bits in range(1, 1 << len(words)))
    return [subset for subset in subsets if subset in by_words]


def _differ_by_mark(one: str, other: str) -> bool:
    """Whether two names are told apart by a number, a letter or a point of the compass: “Team 1” is not “Team 2”."""
    unlike = set(one.split()) ^ set(other.split())
    return any(len(w) == 1 or any(c.isdigit() for c in w) or w in _COMPASS for w in unlike)


_COMPASS = frozenset({"north", "south", "east", "west", "central", "northern", "southern", "eastern", "western", "mid"})
