"""Whether a term beside a number says what is counted, or is merely mentioned there (“services for children”)."""

import re

from extractors.language.clause import Sentence
from extractors.language.terms import Term


def is_counted(sentence: Sentence, index: int, term: Term, head: int) -> bool:
    """Whether a term says what is counted, and is not merely mentioned (“services for children”)."""
    if term.type == "cue":
        return False
    before = sentence.before(index)
    if term.code == "representations" and _THEME.search(before):
        return False
    if term.code == "resolved" and (
        term.text.isupper() or re.match(r"^ (?:(?:-|–|—|:) )?that\b", sentence.after(index))
    ):
        return False
    if _ASIDE.search(before) or (term.type == "measure" and _MODIFIES.match(sentence.after(index))):
        return False
    if re.search(
        r"\bnot (?:go|gone|proceed|proceeded|progress|progressed|escalated?|reach|reached)(?: on| to| further| forward)* $",
        before,
    ):
        return False
    if term.type == "measure" and re.search(r"\b(?:not|never) (?:\w+ ){1,2}as $", before):
        return False  # “and were not registered as complaints”
    if term.name == "stage" and (_LEFT.search(before) or _AND_ABOVE.match(sentence.after(index))):
        return False
    if term.name == "complainant" and term.code == "other" and term.text.lower() == "other":
        return False
    if term.name in ("complainant", "source") and _QUOTED_WORD.search(
        sentence.text[sentence.start : sentence.tokens[index].start]
    ):
        return False  # “three as ‘Through an advocate’” says how they were made
    if term.name in ("complainant",):
        return _complains(sentence, index, head, before)
    if term.name == "source":
        return bool(
            re.search(r"(?:\b(?:by|from|made|were|and|or|for|that)|[№;:,(•]) (?:an |a |the )?(?:№ )?$|^$", before)
        )
    if term.name == "regime" and _OF_A_LIMIT.match(sentence.after(index)):
        return False
    if term.name == "event" and term.code in ("investigated", "decided"):
        return True
    return not re.search(
        r"\b(?:per|for every|head of|report on|learning from|policy|leaflet|training) (?:№ )?$", before
    )


_QUOTED_WORD = re.compile(r"[“‘][^”’“‘]*\w[^”’“‘]*$")
"""Words of a name in quotes, before another word of it."""
_THEME = re.compile(r"[№%] (?:were |was )?about (?:[a-zT]+ about )?$")
"""“Eleven about decisions about contact”."""
_LEFT = re.compile(r"\b(?:T|up|on|forward|progressed|moved|went|gone) from (?:T and )?$")
"""“Four had been escalated from Stage 1” are at another stage by now."""
_AND_ABOVE = re.compile(r"^ (?:or|and) (?:above|beyond|higher|over)\b")
_OF_A_LIMIT = re.compile(
    r"^ (?:№ )?(?:working |calendar )?(?:days?|limits?|periods?|timescales?|deadlines?|guidance|regulations)\b"
)
_ASIDE = re.compile(
    r"\b(?:counting|including|excluding|includes|other than|rather than|not including|as well as|apart from|except|except for) (?:the |all )?$"
)


_MODIFIES = re.compile(
    r"^ (?:s )?(?:service|services|manager|managers|officer|officers|team|teams|procedures?|process|processes|reports?|unit|policy|section|system|"
    r"systems|coordinator|co - ordinator|department|leaflets?|form|forms|data|figures|performance|handling|training|log|register|"
    r"handler|handlers|function|staff|records|framework|activity|website|page|summary|information)\b"
)


def _complains(sentence: Sentence, index: int, head: int, before: str) -> bool:
    if re.search(
        r"(?:\b(?:from|by|were|was|been|came|via|made|through|had|and|or|of|with|them|another|largest|T)|[:;,•(]) (?:the |other |an? |another |their |their own |help of an )?$|^$|[№%)] $",
        before,
    ):
        about = not re.search(r"\bby or on behalf of (?:the |an? )?$", before) and re.search(
            r"\b(?:about|for|to|working with|concerning|regarding|services?|per|open|in respect of|on behalf of) (?:\w+ )?$",
            before,
        )
        said_of = re.search(
            r"\b(?:per|every|each) № $|\b(?:services? for|proportion of|number of|needs of|rights of|voices? of) (?:\w+ )?$",
            before,
        )
        return not about and not said_of
    return False
