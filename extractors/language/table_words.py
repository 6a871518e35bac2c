"""Words that only tables use (`schemas/data/tables.yaml`), ready to be matched."""

import re
from functools import cache
from typing import cast

import yaml
from pydantic import BaseModel, ConfigDict

from schemas.figures import NumberKind
from schemas.vocabulary import DATA


class TableWords(BaseModel):
    """The lists of the data file; phrases are lower case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label_heads: dict[str, tuple[str, ...]]
    numbered_heads: tuple[str, ...]
    totals: tuple[str, ...]
    fillers: tuple[str, ...]
    change: tuple[str, ...]
    rises: tuple[str, ...]
    falls: tuple[str, ...]
    raised: tuple[str, ...]
    percent: tuple[str, ...]
    count: tuple[str, ...]
    rate: tuple[str, ...]
    mean: tuple[str, ...]
    median: tuple[str, ...]
    working_days: tuple[str, ...]
    days: tuple[str, ...]
    on_time: tuple[str, ...]
    late: tuple[str, ...]
    nonfigure_heads: dict[str, tuple[str, ...]]
    dashes: tuple[str, ...]
    not_applicable: tuple[str, ...]
    suppressed: tuple[str, ...]
    overlap: tuple[str, ...]


@cache
def table_words() -> TableWords:
    """The words, read once."""
    return TableWords.model_validate(yaml.safe_load((DATA / "tables.yaml").read_text(encoding="utf-8")))


def plain(text: str) -> str:
    """Lower case, single spaces, without marks at the ends."""
    return " ".join(text.lower().replace("’", "'").split()).strip(" :;.*†‡#|")


def says(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of `phrases` stands in `text` as whole words."""
    return bool(_any_of(phrases).search(plain(text)))


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, longest_first))})(?![a-z0-9])")


def mended(text: str) -> str:
    """A label with the slips of scanning put right that no English word can have ("cornrnunication", "lnformation")."""
    text = re.sub(r"rn(?=rn|[mpb])|(?<=[b-df-hj-np-qst-vwxz])rn|\brn(?=[a-z])|(?<=m)rn", "m", text)
    return re.sub(r"\bl(?=[nm][a-z])", "I", text)


def dimension_of_head(text: str) -> str | None:
    """The free-text dimension whose values stand under the head `text` ("Service area" heads services); None for other heads."""
    head = plain(text)
    for name, phrases in table_words().label_heads.items():
        if head in phrases:
            return name
    last = re.split(r"\b(?:of|for|by)\b", head)[-1] if head.startswith(("name", "number")) else head
    for name, phrases in table_words().label_heads.items():
        if says(last, phrases):
            return name
    return None


def nonfigure_head(text: str) -> NumberKind | None:
    """What the numbers under a head are if they can be no figures ("Page", "Target"); None where they may be."""
    head = re.sub(r"\(.*?\)", "", plain(text)).strip()
    for kind, phrases in table_words().nonfigure_heads.items():
        if kind in ("target", "other_body", "page_number"):
            if says(head, phrases):
                return cast(NumberKind, kind)
        elif head in phrases or (kind == "date" and head.startswith("date ")):
            return cast(NumberKind, kind)
    return None
