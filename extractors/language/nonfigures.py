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
    if letters_of(sentence, index) or shares_redress(sentence, index):
        return None
    for rule in _rules():
        if sentence.signs[index] == MONEY and rule.kind not in ("money", "target", "other_body"):
            continue
        if rule.kind == "money" and (sentence.signs[index] != MONEY or _is_payment(sentence, index)):
            continue
        if rule.kind == "reference" and sentence.signs[index] == PERCENT:
            continue  # nothing is numbered in per cent
        if (rule.before is None or rule.before.search(before)) and (rule.after is None or rule.after.search(after)):
            return rule.kind
    if _is_year(sentence, index):
        return "date"
    if _AGE.search(sentence.text[sentence.start : sentence.tokens[index].start]):
        return "age"
    if _joins_stage(sentence, index):
        return "label"
    return (
        "other_count"
        if _is_score(sentence, index) or counts_unknown_thing(sentence, index) or _one_of(sentence, index)
        else None
    )


def _is_score(sentence: Sentence, index: int) -> bool:
    """Whether a number is a mark out of ten (“gave the leaflet 6 out of 10”), or the ten."""
    for whole in (index, index + 3):
        number = sentence.tokens[whole].number if whole < len(sentence.tokens) else None
        if number is not None and number.value == 10 and sentence.before(whole).endswith("№ out of "):
            return re.match(r"^ (?:[.,;)]|for\b|and\b|$)", sentence.after(whole) + " ") is not None
    return False


_AGE = re.compile(r"\b(?:child|boy|girl|baby|son|daughter) of $", re.I)


def _is_payment(sentence: Sentence, index: int) -> bool:
    """“At a cost of £600 in redress” is redress for all that it is a cost; a fee is paid to those who investigate."""
    if re.search(
        r"\bfees? (?:(?:of|are|is|was|were) )?$|\b(?:can|may|could|might) (?:\w+ ){0,3}(?:≤ )?$", sentence.before(index)
    ):
        return False
    told = re.search(r"\bT (?:(?:had|has|have) )?cost (?:£ (?:in ◷ )?,? ?⇄ (?:just |only )?)?$", sentence.before(index))
    if told and any(
        t.code == "payments" for t in sentence.tokens[len(sentence.before(index)[: told.start()].split())].terms
    ):
        return True
    again = re.search(r"£ in T (?:in ◷ )?,? ⇄ (?:just |only )?$", sentence.before(index)) is not None
    return again or any(t.code == "payments" for tok in sentence.tokens[index + 1 : index + 4] for t in tok.terms)


def _is_year(sentence: Sentence, index: int) -> bool:
    """A bare year that no period took (“the spring of 2020”)."""
    number = sentence.tokens[index].number
    if number is None or not re.fullmatch(r"(?:19|20)\d\d", number.text) or re.match(r"^ T", sentence.after(index)):
        return False
    return bool(
        re.search(
            r"\b(?:of|in|since|by|until|from|to|and|spring|summer|autumn|winter|during|for|early|late|mid) $",
            sentence.before(index),
        )
    )


def _is_noun(sign: str) -> bool:
    """Whether a word may be a noun that we do not know: no word of grammar, no participle."""
    return sign[:1].isalpha() and sign != TERM and sign not in function_words() and not sign.endswith("ed")


def _joins_stage(sentence: Sentence, index: int) -> bool:
    """The 3 of “Stages 2 and 3”."""
    number = sentence.tokens[index].number
    row = re.search(r"T (?:, № )*(?:,|and|or|to|/|-|&) $", sentence.before(index))
    goes_on = r"^ (?:at|in|went|were|was|to|reached|(?:had|have|has) (?:reached|gone|been|come|moved|[a-z]+ed))\b"
    if row is None or re.match(rf"{goes_on}|^ \( [№%] \)", sentence.after(index)):
        return False  # “at Stage 1, 2 (26%), had concerned …”, “22 were at Stage 2 and 1 had reached Stage 3”
    if re.match("^ T", sentence.after(index)) and not _counted_row(sentence, index, row.start()):
        return False
    first = sentence.tokens[len(sentence.before(index)[: row.start()].split())]
    staged = first.terms and first.terms[-1].name == "stage"
    return (
        bool(staged)
        and number is not None
        and number.value is not None
        and number.value <= 3
        and not number.unit
        and not number.words
    )


def _counted_row(sentence: Sentence, index: int, row: int) -> bool:
    """Whether “Stage 2 and 3 complaints” has its number before it, so that it counts complaints of both stages."""
    first = sentence.tokens[len(sentence.before(index)[:row].split())]
    bare = all(t.type == "measure" for t in sentence.tokens[index + 1].terms)
    return sentence.before(index)[:row].endswith("№ ") and all(t.name == "stage" for t in first.terms) and bare


def _one_of(sentence: Sentence, index: int) -> bool:
    """“one of the key issues” counts nothing; “one of the complaints” does."""
    number = sentence.tokens[index].number
    if number is None or not number.words or number.value != 1:
        return False
    before, after = sentence.before(index), sentence.after(index)
    if re.search(r"\b(?:when|whenever|if|where|until|unless) $", before) and re.match(
        r"^ (?:was|is|were|had|has)\b", after
    ):
        return True  # “an interpreter was booked when one was asked for”
    if _SUCH_A_ONE.search(before) and not re.match(r"^ (?:T|of)\b", after):
        return True
    if _WITHOUT_ONE.search(sentence.text[: sentence.tokens[index].start]) and re.match(r"^ (?:[.,;)]|$)", after + " "):
        return True
    if re.match(r"^ (?:T (?:can|may|might|could)|named|single|particular)\b", after):
        return True  # “one complaint can have several reasons”
    if re.match(r"^ of №", sentence.after(index)) and re.search(r"[▲▼] (?:is|was) $", sentence.before(index)):
        return True
    return bool(re.match(r"^ of (?:the |our |its |their |a |several |many |my )(?!T|№|◷)", sentence.after(index)))


_SUCH_A_ONE = re.compile(r"\b(?:is|was|be|been|become) (?:such )?an? (?:\w+ ){1,2}$")
"""“If your complaint is a hard one.”"""
_WITHOUT_ONE = re.compile(r"\b(?:refused|offered|given|sent|denied|needs?|wants?|without) $", re.I)
"""“Anybody who uses a service, or who is refused one”."""
_CONCERNS = re.compile(r"^ (?:\w+ |T )?(?:concerns?|worries|worry|niggles?|grumbles?|quer(?:y|ies)) ")
_AS_CONCERNS = re.compile(
    r"^ (?:\( [№%] \) )?(?:(?:were|was|had|been) )+(?:T |dealt with |handled |treated )+informally as concerns\b"
)
_CONTACTS = re.compile(
    r"^(?P<to> (?:of (?:the|these) )?)T (?:(?:had|have|were|was|been) )+(?:[a-z]+ )?(?:out |right |up )?informally\b"
)
_PUT_RIGHT = re.compile(r"^ (?:(?:had|have|were|was|been) )+(?:put right|sorted out|settled) informally\b")
"""“Of the contacts, 389 had been put right informally.”"""
_INFORMAL = re.compile(
    r"\binformal(?:ly)?\b|\bon the spot\b|\bwithout (?:becoming|being (?:recorded|logged|registered))\b|\bbefore (?:they became|becoming)\b"
    r"|\bnever became\b|\bdid not enter the formal\b|\bnot (?:treated|recorded|counted|registered|logged|T) as\b"
)
_LETTERS = re.compile(r"\s(?:of (?:these|the) |[a-z]+ )?(?P<what>letters?|e-?mails?|times|occasions)\b")


def informal_concerns(sentence: Sentence, index: int) -> bool:
    """Whether a number is of concerns that were settled before they became complaints (“58 concerns were put right informally”)."""
    settled = _CONTACTS.match(sentence.after(index))
    if _PUT_RIGHT.match(sentence.after(index)):
        return True
    if settled and any(t.code == "representations" for t in sentence.tokens[index + settled["to"].count(" ")].terms):
        return True
    if _AS_CONCERNS.match(sentence.after(index)):
        return True
    return bool(_CONCERNS.match(sentence.after(index))) and bool(_INFORMAL.search(" ".join(sentence.signs)))


_SHARED = re.compile(
    r"(?:£|T) (?:(?:of|in|in all|by way of|T|£|was|were|had|has|been|,|recommended|altogether) )*(?:(?:(?:shared|split|divided|spread)(?: out)? )?"
    r"(?:between|among|amongst|across|over)|(?:(?:went|paid|made|given) )?to) $"
)
_RECIPIENTS = re.compile(r"^ (?:families|people|cases|households|young people|T)\b|^ (?:[.,;)]|$)")


def shares_redress(sentence: Sentence, index: int) -> bool:
    """Whether a number is of those among whom redress was shared (“£2,300 in compensation, shared between seven families”)."""
    number = sentence.tokens[index].number
    if number is None or number.value == 1:
        return False  # the largest sum, mostly
    paid = any(t.code == "payments" for token in sentence.tokens[:index] for t in token.terms)
    return paid and bool(_SHARED.search(sentence.before(index)) and _RECIPIENTS.match(sentence.after(index) + " "))


_PAYMENTS = re.compile(
    r"^ (?P<noun>T) (?:(?:had|has|have) been made|(?:were|was) made|totalling|amounting|, totalling|of £)"
)


def counts_payments(sentence: Sentence, index: int) -> bool:
    """Whether a number is of payments themselves (“Two payments totalling £650 had been made”)."""
    named = (
        any(t.code == "payments" for t in sentence.tokens[index + 1].terms)
        if _PAYMENTS.match(sentence.after(index))
        else False
    )
    return named and sentence.signs[index] == NUMBER


def letters_of(sentence: Sentence, index: int) -> bool:
    """Whether a number is of letters from elected people (“29 letters had come from MPs”, “Members wrote to us 40 times”)."""
    sent = _LETTERS.match(sentence.text, sentence.tokens[index].end)
    if sent is None:
        return False
    often = sent["what"] in ("times", "occasions")
    if often and not re.search(r"\b(?:wrote|written|contacted|approached)\b", sentence.before(index)):
        return False
    near = sentence.tokens[max(0, index - 8) : index + 9]
    if any(t.sign in ("elected", "representatives") for t in near):
        return True
    return any(t.name == "source" and t.type == "dim" for token in near for t in token.terms)


def counts_unknown_thing(sentence: Sentence, index: int) -> bool:
    """Whether the word after a plain number is a thing that the vocabulary does not know ("12 Councillors and 9 schools")."""
    if sentence.signs[index] not in (NUMBER, NONE):
        return False
    if informal_concerns(sentence, index) or letters_of(sentence, index):
        return False
    named = False
    following = sentence.tokens[index + 1 : index + 6]
    for distance, token in enumerate(following):
        sign = token.sign
        if sign == "percentage" or (
            sign == "points" and distance == 0 and re.search(r"[▲▼] (?:by |of )?$", sentence.before(index))
        ):
            return False
        if sign == TERM:
            following_sign = following[distance + 1].sign if distance + 1 < len(following) else ""
            if all(t.kind == "generic" for t in token.terms) and _is_noun(following_sign):
                continue
            if any(t.name == "complainant" and t.code == "other" for t in token.terms) and _is_noun(following_sign):
                return True
            if any(t.type == "measure" or t.name in ("outcome", "event", "complainant", "cohort") for t in token.terms):
                return False
            named = True
            continue
        if named and _is_noun(sign) and distance <= 2:
            return True
        if sign in function_words() or not sign[0].isalpha() or sign.endswith("ed"):
            return distance > 0 and not named and sign != "("
        if sign in (PERCENT, MONEY):
            return False
    return bool(following) and not named
