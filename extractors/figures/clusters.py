"""Numbers that speak of one thing, and the stretch of the sentence that says which thing.

A cluster is a level and what hangs on it: “75, a decrease of 2 (2.6%) against the 77” is one. Between two clusters the
sentence is cut at the strongest separator; where several are alike, the style of the sentence decides (“12 from parents, 5
from carers” counts first, “Parents 12, carers 5” names first).
"""

import re
from dataclasses import dataclass

from extractors.figures.role import Role, in_brackets
from extractors.language.clause import NUMBER_SIGNS, PERIOD, TERM, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Roles of one cluster and its segment, tokens `first` up to but not including `end`."""

    roles: tuple[Role, ...]
    first: int
    end: int


_JOINING = re.compile(
    r"(?:\b(?:to|at)|[▲▼] , (?:that is|i \. e \.|making|giving)) (?:(?:just|almost|nearly|about|over|the|a total of|some) )*$"
)
_STRENGTH = (
    (";", 4),
    (".", 4),
    ("while", 3),
    ("whereas", 3),
    ("but", 3),
    ("and", 2),
    (",", 2),
    (":", 2),
    ("–", 2),
    ("with", 1),
    ("•", 4),
    ("|", 4),
)


_WITH_VERBS = ("dealt", "complied", "met", "agreed", "line", "accordance")


def find_clusters(sentence: Sentence, roles: tuple[Role, ...]) -> tuple[Cluster, ...]:
    """The clusters of `sentence`, in order, with the segments that their words stand in."""
    groups = _groups(sentence, [r for r in roles if r.kind is None and r.name not in ("whole", "none")])
    if not groups:
        return ()
    names_first = _names_first(sentence, groups)
    cuts = [0]
    for left, right in zip(groups, groups[1:], strict=False):
        cuts.append(_cut(sentence, left[-1].index, right[0].index, names_first))
    cuts.append(len(sentence.tokens))
    return tuple(Cluster(roles=tuple(g), first=a, end=b) for g, a, b in zip(groups, cuts[:-1], cuts[1:], strict=True))


def _groups(sentence: Sentence, roles: list[Role]) -> list[list[Role]]:
    groups: list[list[Role]] = []
    for role in roles:
        if groups and _joins(sentence, groups[-1], role):
            groups[-1].append(role)
        else:
            groups.append([role])
    return groups


_SHARE_ASIDE = re.compile(
    r"(?:(?:of T|at T|T) )*, (?:or |that is )?%(?: of (?:the |all |all the )?(?:№ (?:T )?|T |total |whole ))? ?, (?:were|was|had|came|related|concerned)\b"
)
"""“Twenty-two complaints, 13.1% of the 168, were made by children”: what follows is said of both."""


def _joins(sentence: Sentence, group: list[Role], role: Role) -> bool:
    between = sentence.signs[group[-1].index + 1 : role.index]
    if role.name in ("level", "share") and _leads(sentence, group):
        # “As against 198 the previous year, 201 complaints at Stage 1 were recorded”
        two_things = _counted(sentence, group[0].index + 1, role.index) and _counted(
            sentence, role.index + 1, role.index + 5
        )
        return sentence.signs[role.index] == sentence.signs[group[0].index] and ";" not in between and not two_things
    if role.again is not None:
        return False
    if role.rule == "prior beside":
        return True
    if role.name in ("prior", "change", "points"):
        labelled = sentence.signs[group[-1].index - 1] != "("
        aside = labelled and in_brackets(sentence, group[-1].index) and all(r.index != group[-1].host for r in group)
        if aside and not in_brackets(sentence, role.index) and ")" in between:
            return False  # “498 (statutory 371, corporate 127), so that numbers rose by 39”
        return not any(s == ";" for s in between) and not _new_subject(sentence, group, role)
    if re.match(r"^ (?:\w+ )?T", sentence.after(role.index)) and role.name == "level" and role.host is not None:
        return False
    if (
        role.name == "share"
        and in_brackets(sentence, role.index)
        and all(s in ("of", ",", "№", "or", "out") for s in between)
    ):
        # “(68 of 91, 74.7%)”
        return True
    if (
        role.name == "share"
        and group[-1].name == "level"
        and _SHARE_ASIDE.match(" ".join((*between, "%")) + sentence.after(role.index))
    ):
        return True
    if role.name == "share" and group[-1].name == "level" and _says_share(sentence, role.index):
        return True
    if role.name == "level" and group[-1].name == "share" and _says_number(sentence, role.index):
        return True
    if " ".join(between).endswith(("( of which", "( of whom", "( of these")):
        return False
    if role.host is not None and any(r.index == role.host for r in group):
        inner = sentence.signs[role.index + 1 : role.index + 4]
        opened = between[between.index("(") :] if "(" in between else ()
        bracket_list = TERM in opened or (role.name == "level" and TERM in inner[:2] and ")" not in inner[:1])
        return role.name in ("share", "time", "rate") or not bracket_list
    if role.name == "level" and group[-1].name == "share" and _bracketed_pair(sentence, group[-1].index, role.index):
        return True
    if role.name in ("level", "share") and _JOINING.search(sentence.before(role.index)):
        return ";" not in between and any(r.name in ("prior", "change") for r in group)
    if role.name == "level" and in_brackets(sentence, role.index):
        # “fell by 25% in 2019-20 (80) compared to 2018-19 (106)”
        only_period = all(s in (PERIOD, "(", "in", "of") for s in between)
        return only_period and any(r.name == "change" for r in group)
    return False


_AS_A_SHARE = re.compile(
    r"[№∅] (?:(?:out )?of (?:the |these |those |all )?№|[^;.№%()])*, "
    r"(?:or|that is|which (?:is|was|gives|makes|represents)|giving|making|representing|(?:which is |or )?(?:equal|equivalent) to|(?:or )?(?:a|an) (?:rate|share|proportion) of)"
    r" (?:just |only |about |almost |nearly |over |just over |just under )?$"
)
_OF_THEM_ALL = re.compile(
    r"^(?: of (?:the |all |all the |these |those )?(?:№ |total |whole )?(?:T )*(?:at T )?(?:in all |in total |overall |altogether |received |made |recorded |registered |at this stage )*)? ?(?:[.;,]|$)"
)
"""“Four complaints were about delay, or 13.8% of the 29 in all.”, “We answered ten of the 34 in time, which is 29%.”"""


_AND_SO = re.compile(r"(?:^|[;:] |\bthat )(?:there (?:were|was|had been) )?[№∅] [^;.№%]*, $")
_OF_SO_MANY = re.compile(
    r"^ (?:out )?of (?:the |all |all the )?№ (?:(?:T )+|T at T |received |made |recorded |registered )?(?:T )?(?:(?:about|concerning|regarding|relating to|related to) the [^.;,№%]+)?[.;]"
)
"""“Eighteen complaints had been upheld, 20% of the 124.”"""
_SAID_AGAIN = (
    re.compile(r"% [^;.№%]*, (?:or|that is) (?:just |only )?$"),
    re.compile(r"^ (?:out )?of (?:the |these )?№"),
)
"""“15% of complaints were upheld, or five of 33”."""


def _says_share(sentence: Sentence, share: int) -> bool:
    """Whether a percentage says the number before it again."""
    before = sentence.before(share)
    compared = re.search(r"[▲▼⇄][^;.]*$", before) is not None
    after = sentence.after(share)
    said = (
        _AS_A_SHARE.search(before) and _OF_THEM_ALL.match(after) or _AND_SO.search(before) and _OF_SO_MANY.match(after)
    )
    return not compared and bool(said)


def _says_number(sentence: Sentence, level: int) -> bool:
    """Whether a number says the percentage before it again."""
    before, after = _SAID_AGAIN
    return bool(before.search(sentence.before(level)) and after.search(sentence.after(level)))


def _bracketed_pair(sentence: Sentence, share: int, level: int) -> bool:
    """Whether a bracket holds a share and its number and nothing else: “young people (6.2%, 4)”."""
    return " ".join(sentence.signs[share - 1 : level + 2]) == "( % , № )"


def _leads(sentence: Sentence, group: list[Role]) -> bool:
    """Whether a sentence begins with what its first level is compared with."""
    return [r.name for r in group] == ["prior"] and re.match(
        r"^(?:.*(?:; |: |\bthat ))?(?:(?:▲ |▼ )?⇄ [^,]*|from (?:just |only )?)$", sentence.before(group[0].index)
    ) is not None


def _counted(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a thing that is counted is named among the tokens from `first` up to `end`."""
    return any(t.type == "measure" and t.kind == "noun" for token in sentence.tokens[first:end] for t in token.terms)


_WITH_SO_MANY = re.compile(r"(?:^|[;:] |\bthat )with $")


_FROM_AGAIN = re.compile(r"(?:\band|,|\bwhile) (?:(?:the|those|that|at|of|for|in) )*T from (?:just |only )?$")
"""“Stage 2 complaints rose from 4 to 8, and Stage 3 from 1 to 2”: with the second “from” another thing is told."""


def _new_subject(sentence: Sentence, group: list[Role], role: Role) -> bool:
    """Whether a comparison names a thing of its own before its number (“…, and compliments rose by 8”)."""
    if _FROM_AGAIN.search(sentence.before(role.index)) and any(r.name == "prior" for r in group):
        return True
    between = range(group[-1].index + 1, role.index)
    nouns = [i for i in between for t in sentence.tokens[i].terms if t.type == "measure" and t.kind == "noun"]
    if not nouns:
        return False
    joined = [i for i in between if sentence.signs[i] in ("and", ",", "while", "but", "–", "with")]
    if _WITH_SO_MANY.search(sentence.before(group[0].index)) and joined[:1] == [nouns[0] - 1]:
        return False  # “With 45 received, complaints were down by 13”
    if re.search(r"\band (?:the )?T by $", sentence.before(role.index)):
        return True  # “complaints went up by 14% and compliments by twelve”
    moved = [i for i in between if sentence.signs[i] in ("▲", "▼")]
    return bool(joined) and bool(moved) and joined[0] < nouns[0] < moved[-1]


def _names_first(sentence: Sentence, groups: list[list[Role]]) -> bool:
    first, last = groups[0][0].index, groups[-1][-1].index
    named_before = any(TERM in s or s.isalpha() for s in sentence.signs[:first])
    after = [s for s in sentence.signs[last + 1 :] if s == TERM or (s.isalpha() and len(s) > 2)]
    return named_before and not after


_OF_THEN = re.compile(r"^ (?:in |for |during )?(?:the )?◷ \)")
"""“272 enquiries from councillors and MPs were registered (262 in 2018/19)”: the bracket parts nothing of the words before it."""


def _cut(sentence: Sentence, left: int, right: int, names_first: bool) -> int:
    """Index of the token that begins the right-hand segment."""
    if sentence.signs[right - 1] == "(" and _OF_THEN.match(sentence.after(right)):
        return right - 1
    best: tuple[int, int] | None = None
    for i in range(left + 1, right):
        sign = sentence.signs[i]
        strength = 0 if i in sentence.in_names else dict(_STRENGTH).get(sign, 0)
        if sign == "with" and sentence.signs[i - 1] in _WITH_VERBS:
            strength = 0
        if sign in ("and", "but") and sentence.signs[i - 1] == ",":
            strength = 3
        if sign == "and" and not names_first and i + 1 < right and not _near(sentence, i, right):
            strength = 1
        if strength and (best is None or strength > best[0] or (strength == best[0] and not names_first)):
            best = (strength, i)
    if best is not None:
        return best[1] + (0 if sentence.signs[best[1]] in ("with", "while") else 1)
    closing = [i for i in range(left + 1, right) if sentence.signs[i] in (")", "(")]
    return closing[0] + 1 if closing else (right if not names_first else left + 1)


def _near(sentence: Sentence, conjunction: int, number: int) -> bool:
    """Whether a number follows so close that the conjunction introduces it (“and the other 6”)."""
    return number - conjunction <= 4 and not any(s in NUMBER_SIGNS for s in sentence.signs[conjunction + 1 : number])


_MOST_OF_THEM = re.compile(r"^ , (?:most|many|some|several|mostly|mainly|chiefly|half|(?:the )?majority)\b(?! №)")


def clause_end(sentence: Sentence, cluster: Cluster) -> int:
    """End of the clause that the cluster's last number stands in: “…, while fewer reached Stage 2” says nothing of it."""
    for i in range(cluster.roles[-1].index + 1, cluster.end):
        if (
            sentence.signs[i] in ("while", "whereas", ";")
            or _MOST_OF_THEM.match(sentence.after(i - 1))
            or (sentence.signs[i] in ("but", "so") and sentence.signs[i - 1] == ",")
            or sentence.signs[i - 1 : i + 2] == (",", "and", "that")
        ):
            return i
    return cluster.end
