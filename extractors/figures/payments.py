"""What a sum of money states: that it was paid or saved because of complaints, or nothing that is counted here."""

import re

from extractors.figures.drafts import Context
from extractors.figures.role import Role
from extractors.figures.subjects import Subject
from extractors.language.clause import Sentence
from schemas.figures import Statistic


def money_stated(
    sentence: Sentence, role: Role, subject: Subject, context: Context
) -> tuple[str, Statistic, str, dict[str, str]] | None:
    """Measure, statistic, unit and dims of a sum of money; None where it is no payment and no saving."""
    measure = subject.measure
    if context.default is None and context.topic.measure is None and context.heading.measure is None:
        return None  # in a paper on other matters, or under another item of an agenda
    if _PAID_TO_OTHERS.search(sentence.text[sentence.start : sentence.tokens[role.index].start]):
        return None
    if measure not in ("payments", "savings"):
        named = {t.code for token in sentence.tokens[: role.index] for t in token.terms if t.type == "measure"}
        ahead = {t.code for token in sentence.tokens[role.index + 1 : role.index + 5] for t in token.terms}
        if re.search(r"\bapolog(?:y|ies) and $", sentence.before(role.index)):
            measure = "payments"  # “put right with an apology and £200”
        elif "payments" in named and (
            re.search(r": $|: £ \( (?:◷ : )?$|\b(?:amounted|amounting|came|coming) to $", sentence.before(role.index))
            or _PAID_BY_US.search(sentence.before(role.index))
        ):
            measure = "payments"  # “Payments made following complaints: £6,475”
        elif "payments" in ahead and re.match(r"^ (?:(?:had|has|have) been|was|were) T", sentence.after(role.index)):
            measure = "payments"  # “A total of £16,350 had been paid in ten cases”
        elif not (
            context.topic.paid
            and re.search(
                r"\b(?:it was|sum|total|figure|amount|amounted to|came to|was|makes|making|a further) (?:was |of )?$|^(?:at T , )?$",
                sentence.before(role.index),
            )
        ):
            return None
        else:
            measure = "payments"
    after = sentence.after(role.index)
    if role.name == "change":
        return measure, "change", "GBP", {}
    average = re.match(r"^ (?:a|per|for each|each|an) ", after) or re.search(
        r"µ (?:T )?(?:of |was |being )?$", sentence.before(role.index)
    )
    statistic: Statistic = "mean" if average else "amount"
    return measure, statistic, "GBP", {}


_PAID_BY_US = re.compile(
    r"\b(?:we|council|authority|directorate|department|borough|county|service) (?:(?:had|has|have) )?T (?:£ \( )?$"
)
"""“The Council paid £4,750 (£2,900 in 2021/22) as a result of complaints.”"""
_PAID_TO_OTHERS = re.compile(
    r"\b(?:investigat(?:ors?|ing officers?)|panel members?|independent (?:persons?|people|chairs?)|advocates?|staff|consultants?)"
    r" (?:and [a-z ]+ )?(?:were|was|are|is|(?:have|had|has) been) paid (?:a total of |about |around )?$",
    re.I,
)
"""A fee is no redress."""


def speaks_of_payments(sentence: Sentence, context: Context) -> bool:
    """Whether sums paid were spoken of, in the sentence or before it."""
    return context.topic.paid or any(t.code == "payments" for token in sentence.tokens for t in token.terms)
