"""The vocabulary: measures, dimensions and cue words as validated data (`schemas/data/*.yaml`).

A label that names two concepts of one kind is refused at load, so adding a synonym is a safe edit of a data file.
"""

import itertools
import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

DATA = Path(__file__).parent / "data"
TermKind = Literal["noun", "weak", "body", "generic", "other", "close"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class MeasureTerm(_Strict):
    """Words for a measure; `implies` are dimension values that the words themselves give."""

    kind: TermKind
    words: tuple[str, ...]
    implies: dict[str, str] = {}


class Measure(_Strict):
    """A measure, its usual unit and its terms."""

    code: str
    unit: str
    terms: tuple[MeasureTerm, ...]


class DimensionValue(_Strict):
    """A controlled value of a dimension and the words for it; a `default` value is left out of a figure's dims.

    `parts` are the values that it takes together, told apart where a text says “respectively”.
    """

    code: str
    words: tuple[str, ...]
    default: bool = False
    parts: tuple[str, ...] = ()


class Dimension(_Strict):
    """A dimension with controlled values."""

    name: str
    values: tuple[DimensionValue, ...]


class Vocabulary(_Strict):
    """Everything that words can mean."""

    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]
    cues: dict[str, tuple[str, ...]]


FREE_DIMENSIONS = ("team", "service", "category", "channel", "ethnicity", "gender", "age", "role")


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary of the data files. Raises ValueError when a label names two concepts."""
    vocabulary = Vocabulary.model_validate({**_read("measures.yaml"), **_read("dimensions.yaml"), **_read("cues.yaml")})
    _refuse_double_labels([(f"measure {m.code}", w) for m in vocabulary.measures for t in m.terms for w in t.words])
    _refuse_double_labels([(f"{d.name} {v.code}", w) for d in vocabulary.dimensions for v in d.values for w in v.words])
    return vocabulary


@cache
def parts_of(dimension: str, code: str) -> tuple[str, ...]:
    """The values that a value takes together (`upheld_or_partly`), or the value alone."""
    for d in load_vocabulary().dimensions:
        for v in d.values:
            if d.name == dimension and v.code == code:
                return v.parts or (code,)
    return (code,)


def expand(words: str) -> tuple[str, ...]:
    """All phrases that a pattern stands for: "(ombudsman|lgo) (case|)" gives "ombudsman case", "ombudsman", "lgo case", "lgo"."""
    parts = re.split(r"(\([^()]*\|[^()]*\))", words)
    choices = [p[1:-1].split("|") if p.startswith("(") and "|" in p else [p] for p in parts]
    phrases = (" ".join("".join(choice).split()) for choice in itertools.product(*choices))
    return tuple(dict.fromkeys(phrases))


def _read(name: str) -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return loaded


def _refuse_double_labels(labels: list[tuple[str, str]]) -> None:
    owner: dict[str, str] = {}
    for concept, words in labels:
        for phrase in expand(words):
            if owner.setdefault(phrase, concept) != concept:
                raise ValueError(f"“{phrase}” names both {owner[phrase]} and {concept}")
