"""What each number of a sentence is to the others: a level, last year's level, a difference, a share, a whole.

Frames are patterns over the signs of `extractors.language.clause`: to the left of a number they end at it, to the right they
begin at it.
"""

import re

from extractors.figures.elided import elided
from extractors.figures.enumerations import enumerated
from extractors.figures.in_turn import told_again
from extractors.figures.role import FROM_TO, HEDGE, Role, RoleName, in_brackets
from extractors.figures.run_lists import run_labels
from extractors.figures.times import time_role
from extractors.language.clause import MONEY, NONE, NUMBER, NUMBER_SIGNS, PERCENT, PERIOD, Sentence
from extractors.language.nonfigures import known_nonfigure

_FILL = r"(?:(?:in|the|number|numbers|of|total|T|◷|overall|slightly|sharply|a|little|markedly|significantly|for|again|also|all|its|,|complaints|steadily|dramatically|considerably|further) )*?"

_CHANGE_LEFT = (
    re.compile(rf"(?P<dir>[▲▼]) {_FILL}(?:by|of) {HEDGE}$"),
    re.compile(rf"(?P<dir>[▲▼]) (?:on|over|from) (?:the |that (?:of|for) )?◷ (?:of|by) {HEDGE}$"),
    re.compile(r"(?P<dir>[▲▼])[^;.]* by [№%] and (?:the )?T by $"),
    re.compile(rf"(?P<dir>[▲▼]) (?:(?:is|was|being) (?:№ of )?)?{HEDGE}$"),
    re.compile(rf"(?P<dir>[▲▼])[^;]*?(?:i \. e \. |, |that is (?:to say )?|, this time )by {HEDGE}$"),
    re.compile(
        rf"(?P<dir>[▲▼]) (?:from )?(?:T |the )*№ (?:\( (?:or )?[№%] \) )?(?:in ◷ |◷ |at ◷ )?,? ?(?:of|by|, of|, a ▼ of) {HEDGE}$"
    ),
)
_PERCENT_CHANGE_LEFT = (
    re.compile(rf"(?P<dir>[▲▼]) in {_FILL}on {HEDGE}$"),
    re.compile(rf"(?P<dir>[▲▼])[^;.]*?\bby {HEDGE}$"),
    re.compile(r"(?P<dir>[▲▼])[^;.№%]*? (?:by|of) №[^;.№%]*, (?:(?:which|that) (?:is|was)|or (?:of|by)) $"),
    re.compile(r"(?P<dir>[▲▼]) (?:(?:in|of|T|the|about|◷|number|(?!than\b|on\b|over\b)\w+|/|') )*\( $"),
)
_PERCENT_CHANGE_RIGHT = re.compile(
    r"^ (?:\( (?:or )?[№] \) )?(?:(?!of\b|were\b|was\b|in\b|had\b|and\b|or\b|to\b|is\b|are\b|at\b|from\b)\w+ )?(?P<dir>[▲▼])(?! to )"
)
_COUNT_CHANGE_RIGHT = re.compile(
    r"^ (?:\( (?:or )?% \) |or % )?(?:T )?(?P<dir>[▲▼])(?= (?:T )*(?:than|on(?! behalf)|over|compared|in ◷)\b| (?:T )*⇄| [).,;(]| T (?:,|\.|;|and\b|$)|$)"
    r"|^ (?:\( (?:or )?% \) )?(?P<beyond>above|below) (?:the )?№"
)
_POINTS_RIGHT = re.compile(r"^ (?:percentage )?points?\b")

_PRIOR_LEFT = (
    ("than", re.compile(r"№ (?:\( (?:or )?% \) )?(?:above|below) (?:the )?$")),
    ("compared", re.compile(rf"⇄ (?:(?:the|that|those|just|only|a|figure|figures|total|of|T|to|in|with|for|at|level|received|during|made|'s|s|’|') )*(?:◷ (?:,|when there were|figure of|level of|total of|'s)? ?)?\(? ?{HEDGE}$")),
    ("than", re.compile(rf"[▲▼] (?:[^;.]*? )?than (?:(?:the|in|T|of|a|for|those|it|was|that|received) )*(?:◷ (?:['’] s |'s |s )?)?(?:when it was |T )*\(? ?{HEDGE}$")),
    ("on", re.compile(rf"[▲▼] (?:of |by )?[№%] (?:\( (?:or )?[№%] \) |or % )?(?:on|over|against|from) (?:(?:the|T|those|received|during|figure|of|in|a) )*(?:◷ (?:(?:figure|total|number|level) )?)?,? ?\(? ?{HEDGE}$")),
    ("on", re.compile(rf"[№%] (?:\( (?:or )?[№%] \) |or % )?[▲▼] (?:on|over|from|than) (?:(?:the|T|those|received|during|figure|of|in|a|made) )*(?:◷ (?:['’] s |'s |s )?)?(?:of |(?:figure|total|number|level) (?:of )?)?,? ?\(? ?{HEDGE}$")),
    ("on", re.compile(rf"№ (?:percentage )?points? (?:[▲▼] )?(?:on|over|from) (?:the )?(?:◷ (?:of |figure of )?)?\(? ?{HEDGE}$")),
    ("on", re.compile(rf"[▲▼] (?:on|over) (?:the )?{HEDGE}$")),
    ("from", re.compile(rf"[▲▼] [^;.]*?\bfrom (?:(?:the|T|a|total|of|high|peak|just|only|that|figure) )*(?:◷ )?\(? ?{HEDGE}$")),
    ("from", re.compile(rf"№ (?:T |in ◷ |◷ )*,? ?\(? ?(?:up |down )?from {HEDGE}$")),
    ("on", re.compile(r"\b(?:was|is|being) an? ▲ on ◷ \( $")),
    ("beside", re.compile(r"\( % ; ◷ [,:] $")),
    ("double", re.compile(r"\b(?:half|double|doubled|treble|twice|times)[^;.]*? ◷ (?:' s |’ s |'s |s )?(?:\( )?$")),
)  # fmt: skip
_FROM_THEN = (
    re.compile(r"(?:^|; |: |\bthat )from (?:just |only )?$"),
    re.compile(r"^ (?:T )?(?:in |at )?(?:the )?◷ ,? ?(?:[a-zT]+ ){1,8}?(?:(?:had|have|has) )?[▲▼] to [№%]"),
)
"""“From 122 the year before, Stage 1 complaints had grown to 124”."""
_FROM_AND_TO = (
    re.compile(r"\bfrom № (?:in |for )?◷ ,? ?and $"),
    re.compile(r"^ (?:in |for )?◷ to (?:the )?№"),
)
"""“From 203 in 2020-21 and 228 in 2021-22 to 251”."""
_BRACKET_TO = (re.compile(r"\( $"), re.compile(r"^ to [№%] \)"))
_REPORTED = (
    re.compile(rf"^[^◷;]*\b(?:reported|given|stated|shown) (?:as|at) {HEDGE}$"),
    re.compile(r"^ (?:T )?in (?:◷ (?:['’] s|s)|the (?:previous|last|earlier)) (?:T )?report\b"),
)
"""“12 complaints, reported as 14 in last year's report”."""
_WHOLE_LEFT = re.compile(
    r"(?:^|\b)(?:of|out of) the (?:remaining|other) $|(?:(?:^|(?<!total )(?<!number )(?<!sum )(?<!rate )(?<!average )(?<!figure )(?<!compensation )(?<!redress )(?<!maximum )(?<!payment )(?<!▲ )(?<!▼ )(?<!payments )(?<!comprised )(?<!consisted )(?<!level )(?<!percentage )(?<!T )(?<!record ))\bof|out of|№ /|over the) (?:(?:the|those|these|all|its|our|their|a total of|T) )*$"
)
_PART_BEFORE_WHOLE = re.compile(
    r"[№%∅] (?:T |\w+ )?(?:\( (?:or )?[№%] \) )?(?:of|out of) (?:the |those |these |all )*$|out of (?:a total of |the |all |a )*$|(?:^|[,;:.(] |and |- )(?:of|out of) (?:the |those |these |all |remaining |other )*$|№ / $|\b(?:one|two|both|some|most|\w+) of (?:the |those )$"
)
_SAID_OF_SOME = re.compile(r"^ (?:\( % \) )?(?:had|has|have|were|was|are|came|concerned|related|of the)\b")
"""“Of these 58 were …” are some of those just counted; “of these 58, 12 were …” are all of them."""
_RATE_RIGHT = re.compile(
    r"^ (?:(?:T|were|was|are|received|made|each|formal) )*(?:per|for every|in every|for each) (?:№|thousand|hundred)"
)
_RATE_BASE_LEFT = re.compile(r"\b(?:per|for every|in every) $")
_SEEN_AGAINST = re.compile(
    r"\b(?:seen|read|taken|understood|set|judged|viewed|considered|weighed) ⇄ (?:a total of |the )?$"
)
"""“It should be seen against 5,825 referrals” compares with no earlier year."""
_FROM_WHOM = re.compile(
    r"▲ T from T \( (?:№ \) than (?:T )?from T \( )?$|▼ T from T \( (?:№ \) than (?:T )?from T \( )?$"
)
"""“More complaints from women (49) than from men (31)” compares no years."""
_TAKEN_FURTHER = (
    re.compile(r"(?:^|\bthat )(?:⇄|for|from|of|out of) (?:the |all )?$"),
    re.compile(
        r"^(?: T| at T)+(?: ,)? (?:there (?:were|was|had been) )?[№∅] (?:(?:T )?(?:(?:went|gone|moved|progressed|taken|had|were|was|been|on|T) )+to|to|at|reached) T\b"
    ),
)
"""“Set against the 19 Stage 1 complaints, two went to Stage 2”: the 19 are the whole that the two are of, and no year before."""
_OF_A_NUMBER = (re.compile(r"% of the (?:total )?number of (?:all |the )?(?:T |at )+\( $"), re.compile(r"^ \)"))
"""“16% of the number of Stage 1 complaints (48)”."""
_BARE_BOUND = re.compile(r"(?:^|(?<!№ )(?<!% )(?<!\) )(?<!or % ))[▲▼] than $")
"""“more than 97%”: a bound, where no number before it makes it a comparison."""


_OF_TEAMS = re.compile(r"\b(?:teams?|services?|unit)$", re.I)
"""One label that names a team tells that the others do: “Crewe 28, Congleton 13 and the Cared for Children Service 12”."""


def read_roles(sentence: Sentence) -> tuple[Role, ...]:
    """The role of every number of `sentence`, in order."""
    roles: list[Role] = []
    labelled = run_labels(sentence)
    before = {} if labelled else enumerated(sentence)
    behind = {} if labelled or before else elided(sentence)
    listed = before or behind
    of_teams = any(_OF_TEAMS.search(label) for label in labelled.values())
    of_teams = of_teams or any(label.text.endswith(" team") for label in behind.values())
    run_by = "team" if of_teams else ""
    again = told_again(sentence)
    for index, _ in sentence.numbers():
        rule: RoleName = "share" if sentence.signs[index] == PERCENT else "level"
        known = index in labelled or index in listed
        host = _host(sentence, index) if index in listed or in_brackets(sentence, index) else None
        run = labelled.get(index)
        own = Role(index=index, name=rule, rule=rule, host=host, label=listed.get(index), run=run, run_by=run_by)
        if index in again:
            own, known = Role(index=index, name="prior", rule="prior in turn", run=run, again=again[index]), True
        roles.append(own if known else _role(sentence, index, roles))
    return tuple(_of_unknown(sentence, _part_of_unknown(sentence, r, roles), roles) for r in roles)


def _of_unknown(sentence: Sentence, role: Role, roles: list[Role]) -> Role:
    """The 66 of “Of 71 actions agreed, 66 had been carried out” counts no more than the 71 does."""
    first = roles[0]
    before = [r for r in roles if r.index < role.index]
    part = before[-1].kind == "other_count" and sentence.signs[before[-1].index] == NUMBER if before else False
    if (
        role.name == "whole"
        and part
        and re.search(r"№ (?:[a-z]+ )(?:of|out of) (?:the )?$", sentence.before(role.index))
    ):
        return Role(index=role.index, name="none", kind="other_count", rule="the whole of something unknown")
    whole = first.kind == "other_count" and sentence.before(first.index) in ("of ", "of the ", "out of ")
    some = re.match(r"^ (?:\( [№%] \) )?(?:were|was|had|have|are)\b(?! (?:been )?T)", sentence.after(role.index))
    if not whole or role.kind is not None or not some or sentence.signs[role.index - 1] != ",":
        return role
    return Role(index=role.index, name="none", kind="other_count", rule="of something unknown")


def _listed(before: str, after: str) -> bool:
    """An unknown word in a list of known ones (“203 female, 81 male, 7 couple.”)."""
    return bool(re.search(r"№ T (?:, |and |, and )$", before) and re.match(r"^ [a-z]+(?: [.,;]|$)", after))


def _part_of_unknown(sentence: Sentence, role: Role, roles: list[Role]) -> Role:
    """The 6 of “6 of the 8 findings” counts no more than the 8 does."""
    following = next((r for r in roles if r.index > role.index), None)
    if role.kind is not None or following is None or following.kind != "other_count":
        return role
    if (
        re.match(r"^ (?:of (?:the |its |our )?|and |or |to )№", sentence.after(role.index))
        and not re.match(r"^ (?:and|or|to) №", sentence.after(role.index))
        or (
            re.match(r"^ (?:and|or|to) № [a-z]", sentence.after(role.index))
            and sentence.signs[role.index] == sentence.signs[following.index]
        )
    ):
        return Role(index=role.index, name="none", kind="other_count", rule="part of something unknown")
    return role


def _role(sentence: Sentence, index: int, earlier: list[Role]) -> Role:
    sign = sentence.signs[index]
    before, after = sentence.before(index), sentence.after(index)
    host = _host(sentence, index)
    if _RATE_BASE_LEFT.search(before):
        return Role(index=index, name="none", kind="reference", rule="rate base")
    kind = known_nonfigure(sentence, index)
    if kind == "other_count" and _listed(before, after):
        kind = None
    timed = time_role(sentence, index, before, after, earlier, host) if kind != "other_body" else None
    if timed is not None:
        return timed
    if kind != "other_body" and _RATE_RIGHT.search(after) and not re.match(r"^ in every", after):
        return Role(index=index, name="rate", host=host, rule="rate")
    if kind is not None and (sign != MONEY or kind in ("money", "target", "other_body")):
        return Role(index=index, name="none", kind=kind, rule="nonfigure")
    if sign == MONEY:
        return _money_role(index, before, after, host)
    changed = _change_role(sentence, index, before, after, host) or _change_again(sentence, index, host, earlier)
    if changed is not None:
        return changed
    if sign != NONE and re.search(r"\( $", before) and re.search(r"^ from [№%] \)", after):
        return Role(index=index, name="share" if sign == PERCENT else "level", host=host, rule="current (prior)")
    if _BARE_BOUND.search(before):
        return Role(index=index, name="share" if sign == PERCENT else "level", host=host, rule="bound")
    for left, right in (_TAKEN_FURTHER, _OF_A_NUMBER):
        if sign not in (PERCENT, NONE) and left.search(before) and right.search(after):
            return Role(index=index, name="whole", rule="whole")
    for rule, pattern in _PRIOR_LEFT:
        if (
            sign != NONE
            and pattern.search(before)
            and not _SEEN_AGAINST.search(before)
            and not _FROM_WHOM.search(before)
        ):
            return Role(index=index, name="prior", host=host, rule=f"prior {rule}")
    for rule, (left, right) in (
        ("from-to", FROM_TO),
        ("from-to", _BRACKET_TO),
        ("from-to", _FROM_AND_TO),
        ("prior from", _FROM_THEN),
        ("prior reported", _REPORTED),
    ):
        if sign != NONE and left.search(before) and right.search(after):
            return Role(index=index, name="prior", host=host, rule=rule)
    of_these = re.search(r"(?<!№ )\bof (?:these|those|them|which|whom) $", before) and _SAID_OF_SOME.match(after)
    if sign != PERCENT and not of_these and _WHOLE_LEFT.search(before) and _PART_BEFORE_WHOLE.search(before):
        return Role(index=index, name="whole", rule="whole")
    hosting = next((r for r in earlier if r.index == host), None)
    if hosting is not None and hosting.name == "rate" and sign != PERCENT:
        return Role(index=index, name="rate", host=host, rule="rate again")
    if sign == PERCENT:
        return Role(index=index, name="share", host=host, rule="share")
    return Role(index=index, name="level", host=host, rule="none" if sign == NONE else "level")


def _money_role(index: int, before: str, after: str, host: int | None) -> Role:
    """A sum of money, by how much it grew, or what it was the year before."""
    m = _COUNT_CHANGE_RIGHT.search(after)
    if m and m["dir"]:
        return Role(index=index, name="change", sign=_direction(m["dir"]), host=host, rule="change right")
    if any(pattern.search(before.replace(MONEY, "№")) for _, pattern in _PRIOR_LEFT):
        return Role(index=index, name="prior", host=host, rule="prior money")
    return Role(index=index, name="amount", host=host, rule="money")


_TOOK_UP = re.compile(r"\b(?:took|takes|taking) ▲ $")
"""“The Ombudsman took up 24 complaints”."""


def _change_role(sentence: Sentence, index: int, before: str, after: str, host: int | None) -> Role | None:
    number = sentence.tokens[index].number
    assert number is not None
    percent = sentence.signs[index] == PERCENT
    points = "points" if _POINTS_RIGHT.search(after) else "change"
    name: RoleName = "points" if points == "points" else "change"
    if number.none or _TOOK_UP.search(before):
        return None
    lefts = (*_CHANGE_LEFT, *_PERCENT_CHANGE_LEFT) if percent else _CHANGE_LEFT
    told_of_then = re.search(r"\b(?:on|over) the $", before) and re.match(r"^ (?:of|in|for|achieved in) ◷", after)
    for pattern in lefts:
        m = pattern.search(before)
        if m and not told_of_then and not re.search(r"\b(?:from|to|than) $", before):
            return Role(index=index, name=name, sign=_direction(m["dir"]), host=host, rule="change left")
    m = (_PERCENT_CHANGE_RIGHT if percent else _COUNT_CHANGE_RIGHT).search(after)
    if m:
        down = m["dir"] == "▼" if m["dir"] else m["beyond"] == "below"
        return Role(index=index, name=name, sign=-1 if down else 1, host=host, rule="change right")
    if number.signed:
        return Role(index=index, name=name, host=host, rule="signed")
    if name == "points":
        worse = re.search(r"^ (?:percentage )?points? (?:worse|short|behind|below|▼)", after)
        return Role(index=index, name=name, sign=-1 if worse else 1, host=host, rule="points")
    return None


def _change_again(sentence: Sentence, index: int, host: int | None, earlier: list[Role]) -> Role | None:
    """The same change in per cent or in number, in brackets: “a decrease of 3 (6%)”."""
    risen = re.search(
        r"(?P<dir>[▲▼]) (?:further )?(?:, as (?:they|it) (?:had|did|have|has) )?,? ?(?:by № )?from №(?: T)?(?: in)?(?: ◷)?(?: to № (?:T )?(?:in ◷|◷)?)? ?\( (?:(?:it|that|which) (?:is|was) )?$",
        sentence.before(index),
    )
    if risen and sentence.signs[index] == PERCENT:
        return Role(index=index, name="change", sign=_direction(risen["dir"]), host=host, rule="change again")
    change = next((r for r in earlier if r.index == host and r.name == "change"), None)
    if change is None and any(r.index == host and r.name == "prior" for r in earlier):
        # “59 more than the 330 of the year before (17.9%)”
        change = next((r for r in reversed(earlier) if r.name == "change"), None)
    if change is None and _ON_THEN.search(sentence.before(index)):
        change = next((r for r in reversed(earlier) if r.index != host), None)
        change = change if change is not None and change.name == "change" else None
    if change is None or (sentence.signs[index] == PERCENT) == (sentence.signs[change.index] == PERCENT):
        return None
    if sentence.signs[index] != PERCENT and not re.match(r"^ \) on (?:the )?№", sentence.after(index)):
        return None  # “fell by 3% (74)” may say what it fell to; “an increase of 9% (8) on the 89” does not
    return Role(index=index, name="change", sign=change.sign, host=host, rule="change again")


_ON_THEN = re.compile(r"№ (?:on|over|against) (?:the )?№ (?:T )?(?:(?:of|in|for) )?◷ \( $")
"""“+12 on the 73 of 2009/10 (16.4%)”, where the twelve is a change."""


def _direction(sign: str) -> int:
    return 1 if sign == "▲" else -1


def _host(sentence: Sentence, index: int) -> int | None:
    """The number in front of the bracket that the number at `index` stands in, if nothing but its own words is between."""
    depth = 0
    for i in range(index - 1, -1, -1):
        sign = sentence.signs[i]
        if sign == ")":
            depth += 1
        elif sign == "(":
            if depth == 0:
                return _last_number(sentence, i)
            depth -= 1
    return _apposed(sentence, index)


def _last_number(sentence: Sentence, bracket: int) -> int | None:
    """The number before a bracket, past the whole of “66% of the 118 replies (78)”."""
    for i in range(bracket - 1, -1, -1):
        if sentence.signs[i] in NUMBER_SIGNS:
            if re.search(
                r"[№%] (?:(?:at )?T )*(?:of|out of) (?:the |all |those )?$|(?:per|for every) $", sentence.before(i)
            ):
                continue
            return i
        if sentence.signs[i] == "with" and sentence.signs[i - 1] in ("do", "dealt"):
            continue  # “37 complaints were to do with missed appointments (30%)”
        if sentence.signs[i] in (";", ":", ",", "with", "and", "while", "but", ")") and i not in sentence.in_names:
            return None
    return None


def _apposed(sentence: Sentence, index: int) -> int | None:
    """“17 complaints, or 27%, …”, “87 or 55% of …”, “26 …, i.e. 9%”: the number that a percentage says again."""
    if sentence.signs[index] != PERCENT:
        return None
    before = "".join("T " if i in sentence.in_names else f"{s} " for i, s in enumerate(sentence.signs[:index]))
    if not re.search(
        r"№ (?:[\w']+ )*?, i \. e \. $|№ (?:T |at T |of them |of these |more |(?:about|for|concerning|regarding|relating to) the T )*(?:[▲▼] )?(?:(?:of the|of) № (?:T |at )*)?,? ?(?:or|(?:[-–] )?that\'s|[-–] (?:that is|or)|i \. e \.|i \. e \. ,|that is(?: to say)?(?: to)?|they were told , that is to say to|equal to|equivalent to|amounting to|representing|which is|which was|,|nearly|almost|about|just over|just under|, nearly|, almost|, about) $",
        before,
    ):
        return None
    nearest = max(i for i in range(index) if sentence.signs[i] in NUMBER_SIGNS)
    part = re.search(r"№ (?:T )?(?:of|out of) (?:the |all |those )?$", sentence.before(nearest))
    return max(i for i in range(nearest) if sentence.signs[i] in NUMBER_SIGNS) if part else nearest


def periods_in(sentence: Sentence) -> list[int]:
    """Indices of the period tokens."""
    return [i for i, s in enumerate(sentence.signs) if s == PERIOD]
