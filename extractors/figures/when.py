"""The period of a number: printed beside it, said by its sentence, or the year before."""

import re
from collections.abc import Iterable
from dataclasses import replace

from extractors.figures.clusters import Cluster
from extractors.figures.drafts import Context
from extractors.figures.role import Role, in_brackets
from extractors.language.clause import AVERAGE, NUMBER_SIGNS, PERCENT, PERIOD, TERM, Sentence, Token
from extractors.language.periods import narrowed, resolve
from schemas.periods import Period

STOCKS = frozenset({"children_supported", "workforce"})


def read_period(
    sentence: Sentence, role: Role, cluster: Cluster, current: Period | None, context: Context, measure: str | None
) -> Period | None:
    """The period of one number: the one printed beside it, else the sentence's, else the year before for a prior value."""
    beside = (
        _opening(sentence, role.index)
        or _bracket_like(sentence, role, cluster)
        or _beside(sentence, role.index, cluster)
    )
    if role.rule == "prior beside":
        beside = role.index - 2
    if beside is not None and role.name in ("change", "points") and beside < role.index:
        beside = None
    if beside is not None and _INTO.search(sentence.before(beside)):
        beside = None
    if beside is not None and role.name != "prior" and _COMPARED_TO.search(sentence.before(beside)):
        stated = re.search(r"◷ ,? ?(?:when|where|:|it was|it had been|there were)", sentence.before(role.index))
        beside = beside if stated and beside < role.index else None
    if beside is not None and current is not None and _is_same_part(sentence.tokens[beside]):
        context = replace(context, period=current)
    found = _resolved(sentence.tokens[beside], context, measure) if beside is not None else None
    then = (
        _SAID_WHEN.search(sentence.before(role.index))
        if found is None and role.name not in ("change", "points")
        else None
    )
    if then is not None and current is not None:
        told = _resolved(sentence.tokens[len(sentence.before(role.index)[: then.start()].split())], context, measure)
        if told is not None:
            return current.previous() if told.code == current.code and context.period == current else told
    if found is not None:
        same = current is not None and found.code == current.code
        relative = current is not None and current.start is None and beside is not None and not is_day(sentence, beside)
        if role.name == "prior" and current is not None and (same or (relative and measure in STOCKS)):
            return current.previous()
        if measure in STOCKS and relative and found.start is not None:
            return current.previous() if current is not None else found
        return found
    if current is not None and context.bracketed and is_then(sentence, role, cluster):
        return current.previous()
    host = next((r for r in cluster.roles if r.index == role.host and _lends(sentence, r, role)), None)
    if host is not None and role.name in ("level", "share", "rate"):
        return read_period(sentence, host, cluster, current, context, measure)
    if (role.name == "prior" or role.rule == "time prior") and current is not None:
        return current.previous()
    return current


_SAID_WHEN = re.compile(r"◷ ,? ?(?:when|for which|in which year) (?:(?!now\b)[^;:.◷()])*$")
"""“In the year before, when there were 68 complaints, 84 compliments and 18 comments.”"""


def is_then(sentence: Sentence, role: Role, cluster: Cluster) -> bool:
    """Whether a number stands alone in brackets behind another of its kind, where brackets hold those of the year before."""
    host = next((r for r in cluster.roles if r.index == role.host), None)
    alone = sentence.signs[role.index - 1 : role.index + 2 : 2] == ("(", ")")
    counted = role.name in ("level", "share", "time") and host is not None and host.name in (role.name, "rate")
    return alone and counted and host is not None and sentence.signs[host.index] == sentence.signs[role.index]


def _lends(sentence: Sentence, host: Role, role: Role) -> bool:
    """Whether a number in brackets is of the period of the one before: a share of the same, or what stands behind a prior value."""
    same = sentence.signs[role.index] == PERCENT and host.name == "level" and in_brackets(sentence, role.index)
    return host.name == "prior" or (same and not in_brackets(sentence, host.index))


def _is_same_part(token: Token) -> bool:
    """Whether a period is the part of another year that the one spoken of is of its own (“the same six months of 2013/14”)."""
    return token.period is not None and token.period.same_part


def _opening(sentence: Sentence, index: int) -> int | None:
    """The period at the head of the bracket, or of the part of it, that the number stands in: “(2013-14: mean 17; in 2012-13: 15)”."""
    if not in_brackets(sentence, index):
        return None
    start = max(i for i in range(index) if sentence.signs[i] in ("(", ";"))
    start += sentence.signs[start + 1] in ("in", "for", "during")
    return start + 1 if sentence.signs[start + 1 : start + 3] in _OPENINGS else None


_OPENINGS = tuple((PERIOD, sign) for sign in (":", "-", "–", "="))


def _bracket_like(sentence: Sentence, role: Role, cluster: Cluster) -> int | None:
    """The period of an earlier bracket of the same kind: “61 statutory (55 in 2020/21) and 36 corporate (29)”."""
    index = role.index
    host = next((r for r in cluster.roles if r.index == role.host and r.name == "level"), None)
    alone = sentence.signs[index - 1 : index + 2 : 2] == ("(", ")")
    if host is None or role.name != "level" or not alone:
        return None
    for i in range(index - 1, 0, -1):
        if sentence.signs[i] == PERIOD and re.search(r"\( № (?:in |for )?$", sentence.before(i)):
            return i
    return None


def _resolved(token: Token, context: Context, measure: str | None) -> Period | None:
    if token.period is None:
        return None
    period = resolve(token.period, context.period)
    if period is not None:
        period = narrowed(period, context.period)
    if measure in STOCKS and period is None and token.period.period is not None and token.period.period.start is None:
        return token.period.period
    if period is not None and period.start is None and measure not in STOCKS:
        return None
    return period


def _beside(sentence: Sentence, index: int, cluster: Cluster) -> int | None:
    """Index of the period that stands beside the number at `index`: behind it without another number between, or right before it."""
    if sentence.signs[index + 1 : index + 4] == ("(", PERIOD, ")"):
        return index + 2
    if both := re.match(r"^ and № respectively (?:in |for |during )?(?=◷)", sentence.after(index)):
        return index + 1 + len(both[0].split())
    left = _scan(sentence, range(index - 1, max(index - 7, -1), -1), stop=(";", ")"))
    past = _past_bracket(sentence, index)
    right = _scan(
        sentence,
        range(past, min(past + 13, cluster.end)),
        stop=(";", "(", "and", "▲", "▼", "⇄", "double", "twice", "from", "than"),
    )
    if left is not None and sentence.signs[left + 1] in (",", ":") and _claimed(sentence, left):
        left = None
    if left is not None and right is not None and in_brackets(sentence, index) and "(" in sentence.signs[left:index]:
        return right  # “in the period (3 in the previous year)”
    if left is not None and all(
        s in ("(", ":", ",", "in", "it", "was", "took", "there", "were", "had", "been", TERM, "’", "'", "s", "for")
        for s in sentence.signs[left + 1 : index]
        if s not in ("when", "where", AVERAGE, "stood", "at")
    ):
        closer_right = right is not None and right - index <= 2
        return right if closer_right and right is not None else left
    return right


def _past_bracket(sentence: Sentence, index: int) -> int:
    """Index of the first token behind the number and the bracket that belongs to it (“494 (67 per 10,000 children) at …”)."""
    if sentence.signs[index + 1 : index + 2] != ("(",) or ")" not in sentence.signs[index + 1 :]:
        return index + 1
    inside = sentence.signs[index + 2 : sentence.signs.index(")", index + 1)]
    return sentence.signs.index(")", index + 1) + 1 if PERIOD not in inside else index + 1


def _scan(sentence: Sentence, indices: Iterable[int], stop: tuple[str, ...]) -> int | None:
    for distance, i in enumerate(indices):
        sign = sentence.signs[i]
        if sign == PERIOD:
            mention = sentence.tokens[i].period
            # a bare year far from the number is of something else (“since the Board was set up in 2011”)
            return i if distance < 4 or mention is None or mention.kind != "calendar" else None
        if sign in stop or sign in NUMBER_SIGNS:
            return None
    return None


def current_period(sentence: Sentence, cluster: Cluster, context: Context, measure: str | None) -> Period | None:
    """The period that the sentence is about: one that no prior value claims, else the context's."""
    priors = {r.index for r in cluster.roles if r.name == "prior" or r.rule.startswith("time ")}
    claimed = {_beside(sentence, i, cluster) for i in priors}
    candidates = [i for i in range(cluster.first, cluster.end) if sentence.signs[i] == PERIOD and i not in claimed]
    stock = measure in STOCKS
    earlier = (
        i for i in range(0, cluster.first) if sentence.signs[i] == PERIOD and not _of_another(sentence, i, cluster)
    )
    candidates += [i for i in earlier if stock and is_day(sentence, i) or not _claimed(sentence, i)]
    if measure in STOCKS:
        candidates.sort(key=lambda i: not is_day(sentence, i))
        candidates += _shared_day(sentence, cluster)
    for i in candidates:
        before = sentence.before(i)
        if ";" in sentence.signs[cluster.roles[0].index : i] and any(r.index > i for r in cluster.roles):
            continue  # “it took 13 days; the year before it took 15”
        if _bracketed_with_number(sentence, i) and not in_brackets(sentence, cluster.roles[0].index):
            continue
        if _LEADING_COMPARISON.match(before):
            continue
        mention = sentence.tokens[i].period
        stock = mention is not None and mention.kind == "day" and measure in STOCKS
        if (_COMPARED_TO.search(before) and not stock) or _INTO.search(before):
            continue
        if (
            mention is not None
            and mention.kind == "calendar"
            and context.period is not None
            and context.period.kind != "calendar"
        ):
            continue
        period = _resolved(sentence.tokens[i], context, measure)
        if period is not None:
            return period
    return (context.topic.period if measure in STOCKS else None) or context.period


def _of_another(sentence: Sentence, index: int, cluster: Cluster) -> bool:
    """Whether a period before a change has a number of its own (“In the year before there were 262; there is a rise of 12.5%”)."""
    between = sentence.signs[index : cluster.first + 2]
    ends = [i for i, s in enumerate(between) if s == ";" or (s, *between[i + 1 : i + 2]) == ("so", "that")]
    own = bool(ends) and any(s in NUMBER_SIGNS for s in between[: ends[0]])
    return own and cluster.roles[0].name in ("change", "points")


def _shared_day(sentence: Sentence, cluster: Cluster) -> list[int]:
    """The day behind a list of stocks (“456 in care and 1,120 in need at 31 March” are both of that day)."""
    last = cluster.roles[-1].index
    m = re.match(r"^(?: (?:T|and|,))+ №(?: (?:T|№|and|,))+ (?:at|on|as at) (?=◷)", sentence.after(last))
    if m is None:
        return []
    index = last + 1 + len(m[0].split())
    return [index] if is_day(sentence, index) else []


_COMPARED_TO = re.compile(
    r"⇄ № of № (?:\( % \) )?(?:in|for|during) (?:the )?$|(?:⇄|\bthan|\bon|\bfrom|\bover|\bsince|\bas|\bagainst|level|\bon the|double|twice|treble|times)(?: (?:the|in|that|those|of|for|T|received|during|figure|made|was|it|same|level|total|number))* $"
)


_LEADING_COMPARISON = re.compile(r"^⇄ (?:the )?№ [^,;]*$")
"""“Compared to the 64 enquiries logged the previous year, …”: the year is that of the number."""
_INTO = re.compile(r"\b(?:into|beyond) (?:the )?$")
"""“The other two carried on into 2019/20” were begun before."""


def is_day(sentence: Sentence, index: int) -> bool:
    """Whether the period token at `index` is a day on which a stock is counted."""
    mention = sentence.tokens[index].period
    return mention is not None and (
        mention.kind == "day" or (mention.period is not None and mention.period.start is None)
    )


def _bracketed_with_number(sentence: Sentence, index: int) -> bool:
    if not in_brackets(sentence, index):
        return False
    start = max(i for i in range(index) if sentence.signs[i] == "(")
    end = next((i for i in range(index, len(sentence.tokens)) if sentence.signs[i] == ")"), len(sentence.tokens))
    return any(s in NUMBER_SIGNS for s in sentence.signs[start:end])


def _claimed(sentence: Sentence, index: int) -> bool:
    """Whether a period before the segment belongs to a number there."""
    return (
        index > 0
        and any(s in NUMBER_SIGNS for s in sentence.signs[max(0, index - 3) : index])
        or sentence.signs[index + 1 : index + 2] == ("(",)
    )
