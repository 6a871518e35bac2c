"""The theme, team or service that a number is about, where the text names one that no controlled value covers."""

import re

from extractors.figures.clusters import Cluster, clause_end
from extractors.figures.drafts import Context
from extractors.language.clause import NUMBER, NUMBER_SIGNS, PERCENT, PERIOD, TERM, Sentence
from extractors.language.teams import CALLED_TEAM

_SERVICE = re.compile(
    r"^(?:the )?(?:(?:children|adult)['’]?s?['’]? (?:and adults['’]? )?(?:social care|social services|services|service|care)|(?:children|adult)['’]?s['’]?)\b",
    re.I,
)
_WHOLE_SERVICE = re.compile(
    r"^(?:the |our |this |all )?(?:services?|council|directorate|department|authority|trust|(?:individual|particular) (?:famil(?:y|ies)|cases?)|social (?:care|services)|social workers?)$",
    re.I,
)
_LINKS = r"(?:to do with|(?:recorded|logged|entered|placed|put|classed|categorised|classified) under|about|regarding|concerning|related to|relating to|relate to|related|concerned|concern)"
_ABOUT = re.compile(
    rf"^(?: \))?(?: \( [№%] \)(?: ,)?)?(?: (?:of (?:the |all )?(?:№ )?T|of (?:the |all )№|T|at T|of them|of these))*(?: (?:were|was|are|had been|had|have|has|came|received|put to the T))* {_LINKS} (?:the )?"
)
_CHANNEL = re.compile(
    r"^(?: \))?(?: (?:of (?:the |these |all )?(?:№(?: T)?|T)|T))?(?: \( [№%] \))?(?: (?:were|was|came|arrived|made|sent|received|taken|had come|~))*(?: T)? (?:by|through|via|on|over|in) (?:the |an? )?"
    r"(?P<label>(?:online|web|website|e - mail|email|telephone|phone|letter|post|person|text|social|face|form|app|portal)\b(?: (?!and\b)[a-z]+)*)"
)
_FROM_A_PLACE = re.compile(
    r"^(?: \))?(?: (?:of (?:the )?T|T))?(?: (?:came|were|had come|come|arose))? from (?:the )?(?=[a-z])"
)
_EQUATED = re.compile(
    r"^(?: of (?:all |the )?T| T)+ (?:were|was) (?![T~])(?![a-z]+ed\b|sent|dealt|made|put|given|taken|held|found|carried|open|then|also|still|not|had|split|spread|as)"
)
_RANKED = (
    r"\b(?:most (?:common|frequent|usual|often)|commonest|largest|main|biggest|leading|top|principal)\b[^;.№%]*?"
    r"\b(?:was|were|is|had been|has been|being|remains?|remained|concerned)(?: again| still| once more)?(?: about| to do with| that of)? (?:the )?"
)
_WITH = r"(?:, |\( |– |- )?(?:which )?(?:with |accounted for |accounting for |raised in |mentioned in |at |in |making up |cited in )?(?:about )?$"
_COMMONEST = re.compile(_RANKED + r"(?P<label>(?:[a-z'’/&-]+ |T |~ ){1,7}?)" + _WITH)
_RANKING = re.compile(_RANKED)
_FIRST_NAMED = re.compile(
    r"(?:^|[;:,] )(?:the )?(?P<label>(?:[a-z'’/&-]+ |T |~ ){1,6}?)(?:was|were|is|remained|remains|had been) (?:again |still |once more )?"
    r"(?:what (?:people|families|parents|they|T) (?:most often )?T (?:about )?(?:most )?(?:often )?|(?:the |our )?"
    r"(?:most (?:common|frequent|usual)|commonest|largest|main|biggest|leading|top|principal) (?:single )?"
    r"(?:themes?|reasons?|subjects?|causes?|categor(?:y|ies)|issues?|concerns?|grounds?|topics?|areas?)(?: of T| for T| T)? )"
    + _WITH
)
_MORE_THAN_ANY = re.compile(
    r"(?:▲|\b(?:more|most)) (?:of the )?(?:T |at )+(?:were|was|had been|came) (?:about|from|to do with|related to) (?:the )?(?P<label>(?:[a-z'’/&-]+ |T ){1,7}?)"
    r"than (?:about |from |to do with |related to )?(?:anything|anyone|any other|all other|everything)\b[^;.№%]*?(?:: |, |- |– )(?:with )?$"
)
"""“More Stage 1 complaints were about delay than about anything else: 28 of the 66.”"""
_ACCOUNTED = re.compile(
    r"(?:^|[;:] |\bthat )(?:T |at )+(?:about|concerning|regarding|relating to|to do with) (?:the |an? )?(?P<label>(?:[a-z'’/&-]+ |T ){1,8}?)"
    r"(?:had |has |have )?(?:accounted|accounting|account|made|making|make) (?:for|up) $"
)
"""“Stage 1 complaints concerning delay in providing a service accounted for 23% of all Stage 1 complaints.”"""
_THAT_CONCERNED = re.compile(
    r"(?:^|[;:] |\bthat )the (?:proportion|share|percentage|number) of (?:the |all )?(?:T |at )+(?:(?:about|relating to|concerning|regarding) [^;.№%]*?)?that (?:(?:were|was|had been) )?"
    r"(?:about|related to|concerned|regarding|to do with) (?:the |an? )?(?P<label>(?:[a-z'’/&-]+ |T ){1,7}?)(?:was|were|is|had been|has been|stood at) $"
)
"""“The proportion of Stage 1 complaints that related to contact with family was 17%.”"""
_CAME_UP = re.compile(
    r"(?:^|[;:] )(?:the )?(?P<label>(?:[a-z'’/&-]+ |T ){1,7}?)(?:~|came up in|featured in|figured in|was (?:raised|mentioned|cited|a factor) in|were (?:raised|mentioned|cited)) (?:in )?$"
)
_NEXT_COMMON = re.compile(
    r"^(?:[^№%]*?\b(?:followed by|then|next|and|by|with) |, |)(?:the )?(?P<label>(?:[a-z'’/&-]+ |T |~ ){1,7}?)(?:next )?"
    + _WITH
)
_OF_SO_MANY = re.compile(r"^ of (?:the |all )?№ (?!T)")
_SOMEBODY = re.compile(r"T\b|(?:[a-z]+ ){1,3}who\b")
"""“Six of the ten concerned workers who had …”, “Ten of the 23 concerned looked after children” name no theme."""
_ASIDE = re.compile(
    r"^(?: of (?:the |all )?(?:№ )?(?:T|total|whole)?)? ,(?= (?:were|was|had|have|has|came|related|concerned)\b)"
)
"""The end of an aside: “Eighteen complaints, or 11%, were about delay.”"""
_SAID_ABOUT = re.compile(rf"[№%][^;.]*? {_LINKS} [^;.№%]*$")
_THEN_ANOTHER = re.compile(r"^(?:followed by|next came|then came) ")
"""“62 of the 158 were about delay, followed by poor communication with 34.”"""
_STOPS = frozenset((",", ".", ";", ":", "(", ")", "which", "who", "and", "while", "in", "were", "was", "had", "compared", "after", "when",
                    "during", "provided", "from", "but", "or", "as", "because", "⇄", "▲", "▼"))  # fmt: skip
_QUOTED = re.compile(r"[‘'“\"]([A-Za-z][^‘’'“”\"]{3,60})[’'”\"](?![A-Za-z])")
_NAME = r"(?:[A-Z][\w/'’-]*|\([A-Z]{2,}\)|&)"
_CALLED = re.compile(
    rf"\b(?:about|regarding|concerning|concerned|relating to|against|for|For|(?:went|sent|made|given) to) the (?P<team>{CALLED_TEAM})"
)
_LED = re.compile(
    rf"\b[Tt]eam with the (?:most|(?:largest|highest|greatest) number of)\b[^.;:]*?\b(?:complaint|compliment|enquir|request)[^.;:,]*?\b(?:was|were|is|had been) (?:again |once more |still )?"
    rf"(?:the )?(?P<team>{CALLED_TEAM})(?: team)?, (?:with|at)\b"
)
"""“The team with the most Stage 1 complaints was the Transitions Team, with 17 (13.4%).”"""
_HAD_MOST = re.compile(
    rf"(?:^|\b[Bb]y team, |\bthat )(?:[Tt]he )?(?P<team>{CALLED_TEAM})(?: team)? (?:had had|has had|have had|had|has|received) the (?:most|(?:largest|highest|greatest) number)\b"
)
"""“The Leaving Care team had the most complaints, at 12.”"""
_NAMED_TEAM = re.compile(
    rf"(?:\b(?:received by|made about|about|regarding|for|For) (?:the )?(?P<after>{_NAME}(?: (?:{_NAME}|and|of)){{1,8}}|{_NAME}(?: (?:{_NAME}|and|of))* (?:team|service)\b))"
    rf"|^(?:.{{0,40}}\bthat )?(?:[Bb]y (?:team|service), )?(?:[Tt]he )?(?P<first>{_NAME}(?: (?:{_NAME}|and|of)){{1,8}}) (?:received|had)\b"
)
_TEAM_WITH = re.compile(
    rf"\b(?:followed by|next came|then came|then|and|by|;|,) (?:by )?the (?P<team>{CALLED_TEAM})(?: team)?,? (?:with|at|on) $"
)
"""“…, followed by the Disabled Children Team with six”."""
_FOR_TEAM = re.compile(rf"(?: \([\d.]+%\))?, (?:was|were|had been) (?:for|about) the (?P<team>{CALLED_TEAM})")
"""“The largest number of Stage 1 complaints, seven, was for the Occupational Therapy Team.”"""
_WENT_TO = re.compile(r"\b(?:went|sent|made|given) to the\b")
_TO_TEAM = re.compile(rf" to the (?P<team>{CALLED_TEAM})")
"""“Twelve compliments went to the Fostering Team and three to the Adoption Team.”"""
_TEAM_HAD = re.compile(r"^(?:[Tt]he |and the )(?P<team>(?:[\w'’&-]+ ){1,4}(?:teams?|services?)) (?:received|had)\b")
_NO_TEAM = re.compile(
    r"\b(?:complaints|customer|whole|feedback|Council|Committee|Panel|Board|Member|Members|Ombudsman|Ombudsmen|Stage|Act|Report|Regulations|Director|Manager|Social Care|Services? Complaints|Children['’]s Services|Quarter|City|County)\b"
)


def read_theme(sentence: Sentence, cluster: Cluster, dims: dict[str, str], context: Context) -> tuple[str, str] | None:
    """Name and value of the free-text dimension of `cluster`, as printed, or None.

    The service that the paper itself is about is no breakdown; where it speaks of others as well, a service is.
    """
    if "complainant" in dims:
        return _team_beside(sentence, cluster)
    if "event" in dims:
        return None
    found = _about(sentence, cluster) if "outcome" not in dims else ""
    printed = sentence.text[
        sentence.tokens[cluster.first].start : sentence.tokens[clause_end(sentence, cluster) - 1].end
    ]
    head = sentence.tokens[cluster.roles[0].index]
    ahead, behind = sentence.text[sentence.start : head.start], sentence.text[head.end :]
    named = _TEAM_WITH.search(ahead) or _FOR_TEAM.match(behind) or (_WENT_TO.search(ahead) and _TO_TEAM.match(behind))
    called = named or _CALLED.search(printed) or _LED.search(printed) or _HAD_MOST.search(printed)
    if found and (name := _as_printed(printed, found)):
        return "team", name
    if found and called and _CUT_OFF.search(found):
        return "team", called["team"]
    if found and called and called["team"].lower().startswith(found):
        return "team", called["team"]
    if found and (owned := _OWNED.search(printed) or _OWNED_THAT.search(printed)):
        return "team", owned["team"]
    if found and (of_team := _OF_TEAM.search(found)) and (name := _as_printed(printed, of_team["team"])):
        return "team", name
    if found:
        if _WHOLE_SERVICE.match(found):
            return None
        if _SERVICE.match(found):
            return ("service", found) if context.services else None
        return "category", found
    if "outcome" in dims or "category" in dims:
        return _team_beside(sentence, cluster)
    quoted = _QUOTED.search(printed)
    if quoted:
        return "category", quoted[1]
    named = _NAMED_TEAM.search(printed)
    had = _TEAM_HAD.search(printed)
    team = called["team"] if called else (named["after"] or named["first"]) if named else had["team"] if had else ""
    if team and not _NO_TEAM.search(team) and (called or len(team.split()) > 1):
        return "team", re.sub(r" (?:and|of)$", "", team)
    return None


_OF_A_TEAM = re.compile(
    rf"{CALLED_TEAM}(?: team)?(?:,? (?:or )?\(?[\d.]+ ?(?:%|per cent)\)?,?)? (?:were|was|had been) (?:about|to do with|regarding|related to|(?:recorded|logged|entered|put|classed) under) "
    r"(?:the )?(?P<category>[a-z][a-z'’ -]+?)(?= \(|[,.;])"
)
"""“Two complaints concerning the Assessment Team, or 29%, were to do with decision making.”"""


_OF_TEAM = re.compile(r" (?:about|concerning|regarding|relating to|related to) (?:the )?(?P<team>[^,;()]+)$")
"""“quality of service concerning the residential care team”: a theme, and the team that it is of."""


_OWNED = re.compile(
    rf"\b(?:complaints?|compliments?)(?: at Stage \w+)? (?:about|concerning|regarding|relating to) the (?P<team>{CALLED_TEAM})(?: team)?, \w+ \([\d.]+%\), "
)
"""“The largest number of complaints concerning the Emergency Duty Service, 3 (33%), concerned delay.”"""


_OWNED_THAT = re.compile(
    rf"\b(?:complaints?|compliments?)(?: at Stage \w+)? (?:about|concerning|regarding|relating to) the (?P<team>{CALLED_TEAM})(?: team)? that (?:were about|related to|concerned)\b"
)
"""“The proportion of complaints relating to the Contact Service that were about equality was 33% (20 of 60).”"""


_CUT_OFF = re.compile(r" (?:about|concerning|regarding|relating to|related to) the [^,;()]*$")
"""“financial support relating to the Short Breaks …”, before the “and” of the name of a team."""


def theme_of_team(sentence: Sentence, cluster: Cluster) -> str:
    """What the complaints about a team are about, where the same clause says that too; "" where it does not."""
    first, end = sentence.tokens[cluster.first].start, sentence.tokens[clause_end(sentence, cluster) - 1].end
    said = _OF_A_TEAM.search(sentence.text, first, end)
    label = said["category"] if said else _ranked(sentence, cluster, cluster.roles[0].index)
    about = _about(sentence, cluster)
    if not label and (_OF_TEAM.search(about) or _OWNED.search(sentence.text[first:end])):
        label = about
    label = _OF_TEAM.sub("", label)
    return "" if _as_printed(sentence.text[first:end], label) else label  # the team itself is no theme


def _team_beside(sentence: Sentence, cluster: Cluster) -> tuple[str, str] | None:
    """The team that complaints of somebody are about: “three complaints from parents about the Family Time Service”."""
    first, end = sentence.tokens[cluster.first].start, sentence.tokens[clause_end(sentence, cluster) - 1].end
    called = _CALLED.search(sentence.text[first:end])
    return ("team", called["team"]) if called and not _NO_TEAM.search(called["team"]) else None


def _as_printed(printed: str, label: str) -> str:
    """The name of the team that a label is, with its capitals; "" if it is none."""
    found = re.search(r"\s*".join(map(re.escape, label.split())), printed, re.I)
    name = re.fullmatch(rf"(?P<team>{CALLED_TEAM})(?: team)?", found[0]) if found else None
    return "" if name is None or _NO_TEAM.search(name["team"]) else name["team"]


def _about(sentence: Sentence, cluster: Cluster) -> str:
    head, last = cluster.roles[0].index, cluster.roles[-1].index
    for start in (head, last):
        label = label_before(sentence, cluster, start)
        if label and sentence.signs[start] in (NUMBER, PERCENT):
            return label
        words = sentence.after(start)[:400]
        aside = _ASIDE.match(words) if start == last != head else None
        skipped = aside.end() if aside else 0
        m = _ABOUT.match(words[skipped:])
        if m:
            first = start + 1 + len(words[: skipped + m.end()].split())
            if _OF_SO_MANY.match(m[0]) and _SOMEBODY.match(words[skipped + m.end() :]):
                return ""
            return _phrase(sentence, first, cluster.end if first < cluster.end else len(sentence.tokens))
    channel = _CHANNEL.match(sentence.after(last))
    if channel:
        first = last + 1 + len(sentence.after(last)[: channel.start("label")].split())
        return " ".join(_word(sentence, i) for i in range(first, first + len(channel["label"].split())))
    place = _FROM_A_PLACE.match(sentence.after(last))
    if place:
        first = last + 1 + len(place[0].split())
        if (
            first < cluster.end
            and sentence.text[sentence.tokens[first].start].isupper()
            and not sentence.tokens[first].terms
        ):
            return _phrase(sentence, first, cluster.end)
    ranked = _ranked(sentence, cluster, head)
    if ranked:
        return ranked
    if sentence.after(last).startswith(" for ") and FOR_ANOTHER.search(sentence.before(head)):
        return _phrase(sentence, last + 2, cluster.end)
    if re.search(r"№ T (?:, |and |, and )$", sentence.before(head)) and sentence.signs[head + 1 : head + 2] != (TERM,):
        return _phrase(sentence, head + 1, cluster.end)
    m = _EQUATED.match(sentence.after(last))
    return _phrase(sentence, last + 1 + len(m[0].split()), cluster.end) if m else ""


FOR_ANOTHER = re.compile(
    r"[№%] (?:of (?:the |these )?T |T )?(?:were |was |had been )for [^;.№%]*(?:[№%] for [^;.№%]*)*(?:, |and |, and )$"
)
"""“74 compliments were for fostering, 51 for family support”: what the next is for is told in the same words."""


_REPORTED = re.compile(
    r"^.*\b(?:reported|noted|said|heard|told|explained|advised|confirmed|stated|observed) that (?:the )?"
)
"""Minutes: “Officers reported that delay had been what people most often complained about.”"""


_PREPOSITIONS = ("for", "of", "about", "with", "by", "to", "in")
"""What follows them is no part of what a label names first: “outcome for the child” is no child."""


def _ranked(sentence: Sentence, cluster: Cluster, head: int) -> str:
    """The label of “The most common theme was communication, with 48 …, followed by delay with 20”."""
    before = sentence.before(head)
    m = (
        _COMMONEST.search(before)
        or _FIRST_NAMED.search(before)
        or _MORE_THAN_ANY.search(before)
        or _ACCOUNTED.search(before)
        or _THAT_CONCERNED.search(before)
        or _CAME_UP.search(before)
    )
    earlier = sentence.before(cluster.first)
    if m is None and (
        _RANKING.search(earlier)
        or re.search(_FIRST_NAMED.pattern.rstrip("$"), earlier)
        or re.search(_MORE_THAN_ANY.pattern.rstrip("$"), earlier)
        or _CAME_UP.search(earlier.partition("№")[0])
        or _THEN_ANOTHER.match(before[len(earlier) :])
        and _SAID_ABOUT.search(earlier)
    ):
        before = before[len(earlier) :]
        m = _NEXT_COMMON.match(before)
    if m is None:
        return ""
    first = head - len(before[m.start("label") :].split())
    last = first + len(m["label"].split())
    headed = next((i for i in range(first + 1, last) if sentence.signs[i] in _PREPOSITIONS), last)
    told = [t for tok in sentence.tokens[first:headed] for t in tok.terms]
    if any(
        (t.type == "cue" and t.code != "timeliness")
        or (t.type == "dim" and t.code)
        or t.type == "measure"
        and t.kind in ("noun", "body")
        for t in told
    ):
        return ""
    words = _REPORTED.sub("", " ".join(_word(sentence, i) for i in range(first, last)))
    return "" if re.match(r"(?:that|it|there|a|an|by|for|in|of|this|these|those)\b", words) else words


_LONGEST_LABEL, _LONGEST_TEAM = 7, 11  # words


_IN_ITS_TURN = tuple(
    (verb, place) for verb in ("came", "was", "were", "comes") for place in ("next", "second", "third", "last")
)
"""“Delay came next (96)”."""


def label_before(sentence: Sentence, cluster: Cluster, index: int) -> str:
    """The label of “communication (35)”: words right before a number in brackets, back to the separator."""
    if sentence.signs[index - 1 : index] != ("(",) or sentence.signs[index + 1 : index + 2] not in ((")",), (",",)):
        return ""
    end = index - 1
    if sentence.signs[end - 2 : end] in _IN_ITS_TURN:
        end -= 2
    first = end
    stops = (",", ";", ":", ".", ")", "(", "were", "was", "by", "•", "about", "are", "come", "comes", "came", "then")
    while (
        first > cluster.first
        and sentence.signs[first - 1] not in stops
        and sentence.signs[first - 1] not in NUMBER_SIGNS
    ):
        first -= 1
    called = sentence.signs[end - 1] in ("team", "service", "unit")
    if end - first > (_LONGEST_TEAM if called else _LONGEST_LABEL) or PERIOD in sentence.signs[first:index]:
        return ""
    named = sentence.in_names  # the carers of “the Connected Carers team” complain of nothing
    inside = [t for i in range(first, end) if i not in named for t in sentence.tokens[i].terms]
    told = sentence.signs[index] == PERCENT and any(t.type == "measure" and t.kind != "generic" for t in inside)
    if told or any(
        t.type == "cue" or (t.type == "dim" and t.code) or (t.kind == "noun" and t.type == "measure") for t in inside
    ):
        return ""
    words = [_word(sentence, i) for i in range(first, end)]
    label = re.sub(r"^(?:and |the |an? )+", "", " ".join(words).strip(" '‘’"))
    label = re.sub(r" (?:received|had|attracted|got|generated|recorded)\b.*", "", label)
    label = re.sub(r"^(?:from|for|by|(?:to do )?with) (?:the )?", "", label)
    label = re.sub(r"^(?:(?:went|were sent|were made|were given) )?to the (?=.+ (?:team|service|unit)$)", "", label)
    label = re.sub(r"^(?:recorded |logged |classed |entered )?as [“‘'\"] ?", "", label).strip(" '‘’“”\"")
    return "" if re.match(r"(?:of|to|at|majority|most|number|minority|total|proportion)\b", label) else label


_IN_A_THING = re.compile(
    r"^ (?:an? (?!year|month|week|quarter|half|period|time|number|few|team|small|single|further|new|different)[a-z]|(?!meeting|spring|evening|morning)[a-z]+ing\b)"
)
"""“errors in a report”, “delay in providing a service”"""
_DIVIDED = re.compile(r" (?:(?:can|may|could) (?:be|also)\b|(?:breaks?|broke) down\b|divides?$).*")
"""“The eleven complaints about the Contact Service break down as follows” are not about a service that breaks down."""


def _phrase(sentence: Sentence, first: int, end: int) -> str:
    words: list[str] = []
    first += first < end and sentence.signs[first] == "for"
    for index in range(first, end):
        sign = sentence.signs[index]
        if sign in _STOPS or sign == PERIOD or sign in NUMBER_SIGNS:
            if sign in ("and", "or") and len(words) == 1 and index + 1 < end and sentence.signs[index + 1].isalpha():
                words.append(sign)
                continue
            if sign == "in" and words and _IN_A_THING.match(sentence.after(index)):
                words.append(sign)
                continue
            break
        words.append(_word(sentence, index))
    phrase = re.sub(r"^(?:the |an? )+", "", " ".join(words).strip(" '‘’\""))
    phrase = _DIVIDED.sub("", phrase)
    return (
        ""
        if re.match(
            r"(?:of|to|at|went|came|had|did|led|took|moved|ended|got|remained|not|it|us|our|we|him|her|them|these|those|other|others)\b",
            phrase,
        )
        else phrase
    )


def _word(sentence: Sentence, index: int) -> str:
    token = sentence.tokens[index]
    return sentence.text[token.start : token.end].lower()
