"""A pound sign in the place of a digit: “Compliments had risen from £2 to 40” was typed with shift held down on the 3.

What rises must be a thing that is counted, and the pound sign must stand where its number lacks a digit that the other has.
"""

import re
from dataclasses import replace
from decimal import Decimal

from extractors.language.clause import MONEY, NUMBER, Sentence, Token
from extractors.language.numbers import SHIFTED_KEYS

_RISES = r"(?:^|[,;:] |\b(?:the|and|while|that) |◷ )(?:\w+ )?T (?:(?:had|have|has|also|in|◷) )*[▲▼] (?:\w+ )?from "
_WHEN = r"(?:(?:in )?◷ )?"
_PRIOR = (re.compile(rf"{_RISES}$"), re.compile(rf"^ {_WHEN}to №"))
_CURRENT = (re.compile(rf"{_RISES}№ {_WHEN}to $"), re.compile(""))
_MONEY = ("payments", "savings")


def without_shifted_pounds(sentence: Sentence) -> Sentence:
    """The sentence, with numbers that cannot be read in the place of such sums."""
    if MONEY not in sentence.signs:
        return sentence
    tokens = tuple(_unreadable(t) if _is_shifted(sentence, i) else t for i, t in enumerate(sentence.tokens))
    return replace(sentence, tokens=tokens)


def _is_shifted(sentence: Sentence, index: int) -> bool:
    own = sentence.tokens[index].number
    if own is None or sentence.signs[index] != MONEY or not re.fullmatch(r"£\d{1,3}", own.text):
        return False
    for (left, right), step in ((_PRIOR, 1), (_CURRENT, -1)):
        if left.search(sentence.before(index)) and right.match(sentence.after(index)):
            near = [n for i, n in sentence.numbers() if (i - index) * step > 0]
            other = near[0] if step > 0 else near[-1]
            money = any(t.code in _MONEY for token in sentence.tokens for t in token.terms)
            return not money and len(other.text) == len(own.text) and other.text.isdigit()
    return False


def _unreadable(token: Token) -> Token:
    assert token.number is not None
    meant = Decimal(token.number.text.translate(SHIFTED_KEYS))
    return replace(token, sign=NUMBER, number=replace(token.number, value=None, unit="", proposed=meant, damaged=True))
