"""Numbers that are no figures: references, legal timescales, targets, ages, times of day, other things counted.

The rules are data (`schemas/data/nonfigures.yaml`): patterns on the signs before and after a number.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

import yaml

from extractors.language.clause import MONEY, NONE, NUMBER, PERCENT, TERM, Sentence
from schemas.figures import NumberKind
from schemas.vocabulary import DATA


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: NumberKind
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@cache
def _rules() -> tuple[_Rule, ...]:
    loaded = yaml.safe_load((DATA / "nonfigures.yaml").read_text(encoding="utf-8"))["nonfigures"]
    rules: list[_Rule] = []
    for entry in loaded:
        kind = cast(NumberKind, entry["kind"])
        both = entry.get("both", [])
        rules += [_Rule(kind, re.compile(p), None) for p in entry.get("before", [])]
        rules += [_Rule(kind, None, re.compile(p)) for p in entry.get("after", [])]
        rules += [_Rule(kind, re.compile(p["before"]), re.compile(p["after"])) for p in both]
    return tuple(rules)


@cache
def function_words() -> frozenset[str]:
    """Words of grammar, after which a number does not count an unknown thing."""
    loaded = yaml.safe_load((DATA / "words.yaml").read_text(encoding="utf-8"))
    return frozenset(loaded["function_words"].split())


def known_nonfigure(sentence: Sentence, index: int) -> NumberKind | None:
    """What the number at token `index` is, if it is a known non-figure; None when it may be a figure."""
    before, after = sentence.before(index), sentence.after(index)
    for rule in _rules():
        if (rule.before is None or rule.before.search(before)) and (rule.after is None or rule.after.search(after)):
            return rule.kind
    return "other_count" if counts_unknown_thing(sentence, index) else None


def counts_unknown_thing(sentence: Sentence, index: int) -> bool:
    """Whether the word after a plain number is a thing that the vocabulary does not know ("12 Councillors and 9 schools")."""
    if sentence.signs[index] not in (NUMBER, NONE):
        return False
    for distance, token in enumerate(sentence.tokens[index + 1 : index + 6]):
        sign = token.sign
        if sign == TERM:
            return False
        if sign in function_words() or not sign.isalpha() or sign.endswith("ed"):
            return distance > 0 and sign not in ("(",)
        if sign in (PERCENT, MONEY):
            return False
    return True
