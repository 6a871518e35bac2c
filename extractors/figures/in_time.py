"""Answers within their time: whether the words of a cluster, or the sentence before, speak of them."""

import re

from extractors.figures.clusters import Cluster
from extractors.figures.drafts import Topic
from extractors.language.clause import ON_TIME, TERM, Sentence

_TIMELINESS = re.compile(
    r"\btimeliness\b(?: \w+){0,6}?(?: was| is| had been| stood at| has risen to| rose to| fell to| reached|:) ?\d+(?:\.\d+)?%$",
    re.I,
)


def on_time(sentence: Sentence, cluster: Cluster, topic: Topic) -> bool:
    """Whether the segment speaks of answers within their time, or leans on a sentence that does (“it did so in …”)."""
    signs = sentence.signs[cluster.first : _until_semicolon(sentence, cluster)]
    text = " ".join(signs)
    bare = TERM not in signs and sentence.signs[cluster.roles[0].index] == "%"
    if _TIMELINESS.search(sentence.text[sentence.start : sentence.tokens[cluster.roles[0].index].end]):
        return True
    share = cluster.roles[0].name in ("share", "prior", "points") or re.match(
        r"^ of №", sentence.after(cluster.roles[0].index)
    )
    if share and _ON_TIMELINESS.match(" ".join(sentence.signs)):
        return True
    if topic.timely and bare and cluster.roles[0].name in ("share", "prior"):
        return True
    if topic.timely and any(r.name == "points" for r in cluster.roles):
        return True
    better = re.search(r"\b(?:better|worse|best|worst|poorer|stronger|slower|quicker)\b(?: \w+)? at %", text)
    if topic.timely and better:
        return True
    if topic.timely and re.search(
        r"[№%] (?:were|was|had been) [,.]|\b(?:was achieved|that was (?:done|met|kept))\b|\b(?:it was|it had been|the figure was) %|\bT met (?:that|this|it)\b",
        text,
    ):
        return True
    if topic.timely and cluster.first == 0 and re.search(r"\bdid so\b", text):
        return True
    if (
        topic.timely
        and cluster.first == 0
        and re.search(r"\b(?:it was|it had been|the figure was) № (?:out )?of\b", text)
    ):
        return True
    return speaks_of_time(signs)


_ON_TIMELINESS = re.compile(r"^(?:on|as to|as regards|with regard to|in terms of|regarding|turning to) (?:the )?~ ")
"""“On timeliness, members were told that 81 of 104 (78%) had been answered when they should be.”"""


def _until_semicolon(sentence: Sentence, cluster: Cluster) -> int:
    """End of what a cluster says before a semicolon: “MPs made 59 enquiries; 9 in 10 were answered in time”."""
    ends = (i for i in range(cluster.roles[-1].index, cluster.end) if sentence.signs[i] == ";")
    return next(ends, cluster.end)


_SOME_IN_TIME = re.compile(
    r"[№%] of (?:them|these|those|which) (?:\( [№%] \) )?(?:(?:did so|were|was|had been) )?(?:within|inside) (?:the )?№ (?:working |calendar )?days\b"
    r"|[№%](?: of T)* T (?:met|kept to) (?:it|this|them|the standard|that standard)\b"
    r"|[№%] of T (?:met|kept to) (?:it|this|them|the standard|that standard)\b"
)


def speaks_of_time(signs: tuple[str, ...]) -> bool:
    """Whether some signs speak of answers within their time."""
    if ON_TIME in signs:
        return True
    text = " ".join(signs)
    if _SOME_IN_TIME.search(text):
        return True
    return bool(
        re.search(
            r"\blimit\b.*\b(?:met|kept)\b|\b(?:answered|replied|finished|sent) within (?:it|this|that)\b|\b(?:within|with|inside|(?<!, )in|met the|kept to|by) (?:the )?(?:T )?(?:№ )?(?:or )?(?:№ )?(?:- )?(?:working |calendar )?days?\b",
            text,
        )
        and re.search(
            r"\b(?:answered|replied|responded|dealt with|response|responses|reply|replies|sent|met|kept|finished|T|resolved|closed|over|done|out|limit)\b",
            text,
        )
    )


_WITHIN_A_MONTH = re.compile(
    r"\b(?:within|inside|in) (?:a|one|№|the) (?:statutory |calendar |one )*month\b|\b(?:within|inside|met) the (?:T |statutory |legal )?(?:limit|deadline)\b"
)
"""The time limit in law for requests to see one's own file, which no other count has.

Source: the General Data Protection Regulation, article 12(3).
"""


def is_met(sentence: Sentence, cluster: Cluster) -> bool:
    """Whether requests to see one's file were met within the time that the law gives for them."""
    printed = sentence.text[sentence.tokens[cluster.first].start : sentence.tokens[cluster.end - 1].end]
    came = re.search(r"\b(?:received|made|came in|logged)\b", printed)
    return came is None and _WITHIN_A_MONTH.search(" ".join(sentence.signs[cluster.first : cluster.end])) is not None
