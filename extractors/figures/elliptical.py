"""Whether a number without a noun of its own may count what was spoken of before (“In 2014-15 there were 52”).

Every pattern is of the words (see `extractors.language.clause`) right before the number, right after it, or on both sides.
"""

import re

from extractors.figures.clusters import Cluster
from extractors.figures.drafts import Context
from extractors.figures.leaning import quarter_again
from extractors.figures.role import Role
from extractors.figures.subjects import said_of
from extractors.figures.themes import FOR_ANOTHER, label_before
from extractors.language.clause import PERCENT, Sentence

_BEFORE = re.compile(
    r"[▲▼] , (?:that is|i \. e \.|making|giving) $"
    r"|◷ \( $|№ T (?:, |and |, and )$"
    r"|\b(?:further|another|remaining|other|rest) $"
    r"|◷ (?:, |: |there were )?$"
    r"|\b(?:number|figure|total|numbers|figures|shares?)\b[^;.]*$"
    r"|\bit (?:had been|was) $"
    r"|◷ (?:having been |, )?(?:when |where )?(?:there (?:were|had been) |it (?:was|had been) )?$"
    r"|\b(?:reply|answer|equivalent|total|figure) (?:was|is|had been) $"
    r"|\b(?:stood|stands?|numbered|totalled|reached) (?:at )?$"
    r"|^(?:№ [.)] )?[^.]* (?:-|–|:) $"
)
_AFTER = re.compile(
    r"^ of (?:which|whom|these|those|them) (?:had been|were|was) T"
    r"|^ (?:in all|altogether|in total|overall)\b"
    r"|^ (?:in |for |during )?◷"
    r"|^ (?:\( [№%] \) )?(?:were|was|are|had|remain|remained|came|went|did|from|about|of|related|concerned|\))\b"
)
_AFTER_FIRST = re.compile(
    r"^ ,? ?[▲▼] from №|^ , (?:the|she|he|it|they|officers?|⇄|of (?:whom|which)|that is|or %)|^ \.$"
)
"""The number is the first word: the answer to a question (“How many …? Nineteen, the Manager answered”), or compared at once."""
_AROUND = (
    (re.compile(r"^with (?:a total of )?$"), re.compile(r"^ (?:received|recorded|registered|logged|made|reported) ,")),
    (FOR_ANOTHER, re.compile(r"^ for ")),
    (
        re.compile(r"№ [^;.]*, (?:and )?not $"),
        re.compile(r"^ as (?:[a-z]+ )?(?:printed|reported|stated|shown|given)\b"),
    ),
)
_SHARE_AFTER_SHARE = re.compile(r"% [^;.]*(?:, |and |, and not )$")
_ALONE = re.compile(r"there (?:were|was|had been) № \.")
_THERE_WERE = re.compile(r"^there (?:were|had been) № (?:\( № in ◷ \)|, ⇄ )")


def is_elliptical(sentence: Sentence, role: Role, cluster: Cluster, context: Context) -> bool:
    """Whether a bare number may count the topic: its segment has a term, a verb follows, or it stands in a comparison."""
    if role.name == "prior" or role.host is not None:
        return True
    segment = sentence.tokens[cluster.first : cluster.end]
    if any(term.type != "cue" for token in segment for term in token.terms) or said_of(sentence, cluster):
        return True
    return _hangs_on_context(sentence, role, cluster, context) or _hangs_on_words(sentence, role, cluster)


def _hangs_on_context(sentence: Sentence, role: Role, cluster: Cluster, context: Context) -> bool:
    """Whether what was said before, or the list that it stands in, says what a number counts."""
    signs = " ".join(sentence.signs)
    return bool(
        (context.labelled and role.index > 0 and len(sentence.tokens) - role.index <= 5)
        or (context.listed and not re.search(r"[№%∅]", sentence.before(cluster.roles[0].index)))
        or (context.heading.measure and _ALONE.fullmatch(signs))
        or (context.topic.measure and _THERE_WERE.match(signs))
    )


def _hangs_on_words(sentence: Sentence, role: Role, cluster: Cluster) -> bool:
    """Whether the words beside a number say that it is another of those counted."""
    before, after = sentence.before(role.index), sentence.after(role.index)
    return bool(
        _BEFORE.search(before)
        or _AFTER.match(after)
        or (role.index == 0 and _AFTER_FIRST.match(after))
        or any(one.search(before) and other.match(after) for one, other in _AROUND)
        or (sentence.signs[role.index] == PERCENT and _SHARE_AFTER_SHARE.search(before))
        or quarter_again(sentence, role.index)
        or label_before(sentence, cluster, role.index)
    )
