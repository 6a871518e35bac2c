"""Times taken: which numbers of a sentence are averages of days, of which year, and by how much they changed."""

import re

from extractors.figures.role import FROM_TO, Role
from extractors.language.clause import AVERAGE, MONEY, NONE, PERCENT, Sentence

_TIME_RIGHT = re.compile(r"^ (?:working |calendar )?(?:days?|weeks?)\b")
_AVERAGE_NEAR = re.compile(
    r"µ (?:(?:time|times|length|reply|replies|number|of|to|for|was|is|took|taken|working|days?|respond|response|close|complete|the|a|T|at|and|in|◷|:|it|were|had|been|has|by|,|~|[▲▼] to|[▲▼] from|[▲▼] from № to|[a-z]+) ){0,12}?(?:\( (?:in )?(?:working |calendar )?days \) (?:: )?|\( [^)]*)?$"
)


_TOOK = re.compile(
    r"\ba (?:T |typical |usual )*(?:T|reply|response) (?:took|has taken|had taken) (?:about |only |just )?$"
    r"|^(?:at T , )?(?:T |replies |responses |reviews )+(?:each )?took (?:about |only |just )?$"
)
"""“A Stage 1 reply took 17.3 working days” is of the usual one."""
_QUICKER = re.compile(
    r"^ (?:working |calendar )?days? (?:(quicker|faster|shorter|sooner|slower|longer|later|▲|▼) (?:than|,|\.|on)|⇄)"
)
"""“17 working days, three days quicker than in the year before”."""
_LONGER_BY = re.compile(
    r"µ [^;.№%]*(?<= )(lengthened|slowed|shortened|quickened|▲|▼) by (?:about |just |only |some )?$"
)
"""“The average response time had lengthened by three working days to 18.”"""
_INTENDED = re.compile(
    r"\b(?:plans?|planned|intends?|intended|aims?|aimed|hopes?|wants?|wanted)(?: to)?\b[^;:.,]*\bto (?:just |only |about )?$"
)
"""“The team plans to cut the average time to 45 days” says what is not yet."""

_DAYS = r"№ (?:working |calendar )?days(?: µ)?"
_OF_ANOTHER_STAGE = (
    (
        re.compile(rf"{_DAYS} (?:at|for|in) T (?:,|and|, and) (?:about |only |just )?$"),
        re.compile(r"^ (?:at|for|in) T\b"),
    ),
    (
        re.compile(
            rf"{_DAYS}(?: (?:at|for|in) T)? (?:,|and|, and|while|but|, while|, but) (?:at |for |in |that at |those at )?(?:T )+"
            r"(?:(?:it )?(?:was|took|had been|had taken) )?(?:about |only |just )?$"
        ),
        re.compile(r"^ (?:working |calendar )?(?:days? )?(?:[.;,]|\()"),
    ),
)
"""“14 working days at Stage 1 and 71 at Stage 2”, “Stage 1 took 14 working days, and at Stage 2 it was 71.”"""

_TIME_WORDS = frozenset(
    ("day", "days", "week", "weeks", "time", "times", "reply", "respond", "took", "response", "length", "median", "~")
)


def time_role(
    sentence: Sentence, index: int, before: str, after: str, earlier: list[Role], host: int | None
) -> Role | None:
    """A time taken: in days beside an average, or a bare number right behind one ("the median 10")."""
    if sentence.signs[index] in (PERCENT, MONEY, NONE):
        return None
    if _TIME_RIGHT.search(after) and _TOOK.search(before):
        return Role(index=index, name="time", host=host, rule="time")
    if AVERAGE not in sentence.signs and not any(r.name == "time" for r in earlier):
        return None
    times = [r for r in earlier if r.name == "time"]
    days = bool(_TIME_RIGHT.search(after))
    if days and (moved := _LONGER_BY.search(before)):
        sign = 1 if moved[1] in ("lengthened", "slowed", "▲") else -1
        return Role(index=index, name="time", sign=sign, host=host, rule="time change")
    quicker = _QUICKER.match(after) if times else None
    if quicker:
        sign = 1 if quicker[1] in ("slower", "longer", "later", "▲") else -1
        return Role(index=index, name="time", sign=sign, host=host, rule="time change")
    near = bool(_AVERAGE_NEAR.search(before)) and bool(_TIME_WORDS & set(sentence.signs))
    limit = re.match(r"^ (?:working |calendar )?(?:days? )?(?:allowed|permitted|prescribed)\b", after) or re.search(
        r"\b(?:limit|within|inside|outside|beyond|target|deadline|extended)\b[^;.µ]*$", before
    )
    if limit or _INTENDED.search(before) or re.search(r"\bthe (?:longest|shortest|quickest|slowest) $", before):
        return None
    if (days and (near or re.search(r"^ (?:working )?days? [^.;№]*µ", after))) or (
        near and not re.search(r"^ T\b|^ /|^ (?:of|out of)\b", after)
    ):
        earlier_value = re.search(r"[▲▼] from (?:just |about )?$", before) or (
            FROM_TO[0].search(before) and FROM_TO[1].search(after)
        )
        return Role(index=index, name="time", host=host, rule="time prior" if earlier_value else "time")
    if times and any(left.search(before) and right.match(after) for left, right in _OF_ANOTHER_STAGE):
        return Role(index=index, name="time", host=host, rule="time")
    if times and (
        host is not None
        or re.search(
            r"(?:⇄|against|from|than|:|, having been|, was|in ◷ ,?|it (?:was|had been|took|had taken)|from № (?:working |calendar )?days to|(?:lengthened|slowed|shortened|quickened|▲|▼) by № (?:working |calendar )?days to) (?:the )?(?:\( )?$",
            before,
        )
        or days
    ):
        compared = re.search(
            r"(?:⇄|against|from|than|, having been|, was|[▲▼] on) (?:the )?(?:in ◷ ,? ?|◷ )?(?:\( )?$", before
        )
        return Role(index=index, name="time", host=times[-1].index, rule="time prior" if compared else "time again")
    return None
