"""Numbers of last year told in turn behind those of this year: “94 complaints and 138 compliments, as against 107 and 126 respectively”."""

import re

from extractors.language.clause import NUMBER, Sentence

_AGAIN = re.compile(r"(?:⇄ (?:the )?|\( )(?P<run>№(?: , №)* ,? ?and №) respectively\b")


_OF_THEN = re.compile(r"\( (?P<run>№(?: , №)* ,? ?and №) in ◷ \)")
"""“13 complaints from children, 10 of them through an advocate (9 and 4 in 2015/16)”."""


def told_again(sentence: Sentence) -> dict[int, int]:
    """For each number told again in turn, by token index, the number that counts the same thing.

    There must be as many before as are told again, each right before the thing that it counts, and the things must differ.
    """
    signs = " ".join(sentence.signs)
    m = _AGAIN.search(signs) or _OF_THEN.search(signs)
    if m is None:
        return {}
    start, end = (len(signs[: m.start("run")].split()), len(signs[: m.end("run")].split()))
    numbers = [i for i, _ in sentence.numbers() if sentence.signs[i] == NUMBER]
    before, again = [i for i in numbers if i < start], [i for i in numbers if start <= i < end]
    things = [_thing(sentence, i) for i in before]
    named = None not in things and len(set(things)) == len(things)
    if len(before) != len(again) or not (named or m.re is _OF_THEN):
        return {}
    return dict(zip(again, before, strict=True))


def _thing(sentence: Sentence, index: int) -> str | None:
    """What the word right behind a number counts."""
    ahead = [t for token in sentence.tokens[index + 1 : index + 2] for t in token.terms]
    return next((t.code for t in ahead if t.type == "measure" and t.kind == "noun"), None)
