"""The context that headings, list introductions and preceding sentences give to what follows them."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from extractors.figures.bracketed import prior_in_brackets
from extractors.figures.breakdowns import asked_in
from extractors.figures.drafts import Context, Topic
from extractors.language.clause import read_sentences
from extractors.language.nonfigures import known_nonfigure
from extractors.language.teams import named_team
from extractors.language.terms import Term, find_terms
from schemas.authorities import load_authorities
from schemas.layout import Block
from schemas.periods import Period

_TITLE = re.compile(r"\b(?:report|minutes|agenda|committee|annual|panel|board)\b", re.I)

_BARE_CAPTION = re.compile(r"(?:table|figure|chart|graph) [A-Z]?\d{1,2}(?:\.\d)?[.:]?", re.I)
_LONGEST_TITLE = 18
_OF_A_TABLE = re.compile(
    r"\b(?:table|chart|graph|figures?)(?: \w+){0,3} (?:covers?|shows?|sets? out|gives?|lists?|is|are|relates?|concerns?)\b|\b(?:following|below)\b",
    re.I,
)
"""A sentence that says what a table is about (“The table covers Stage 1 only.”)."""
_AIMS = re.compile(
    r"\b(?:standards?|targets?|aims?|pledges?|promises?|service levels?|what (?:you can|to) expect)\b", re.I
)
_REACHED = re.compile(r"\b(?:performance|against|results?|met|meeting|achieved|compliance|reached)\b", re.I)

_ONE_BY_ONE = re.compile(
    r"\b(?:teams?|services?|service areas?) (?:one by one|in turn|in detail)\b|\b(?:team by team|service by service|each (?:team|service)(?: in turn)?$)",
    re.I,
)
"""“The teams one by one”: the headings below name them."""
_NAME = re.compile(r"[A-Z][\w'’/&-]*(?: (?:[A-Z][\w'’/&-]*|and|of|in|for|with|&)){0,7}")
_LEADS_ON = re.compile(r"(?::-?|\bof (?:which|whom|these))$")
"""The end of a text that introduces a list."""
_ENTRY = re.compile(r"[A-Z][^.:;!?\d]{1,60}(?::| -| –) \d[\d,]*(?: \([\d.]+%?\))?")
"""“Any other White background: 9”."""
_VALUE_LINE = re.compile(r"[A-Z][^.;!?]{1,60}:\s*[\dlIOSB][\dlIOSB,. ]*%?(?:\s*\([\dlIOSB.]+%?\))?")
"""“In time: 19 (79%)”."""
_THERE_WERE = re.compile(r"There (?:were|was|are|is|have been|had been)\b", re.I)
_QUESTION = re.compile(r"(?:question|q)\.? ?\d{1,2}\b", re.I)
_VERB = re.compile(r"\b(?:were|was|are|is|had|have|has|rose|fell|came|received|made)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Where the reader stands: the open headings (level, topic), the topic of the text before, and of a list's introduction.

    `counted` tells that the block before had figures; a topic only mentioned does not outlive its block, unless it is `asked` about. `default` is what is
    counted where nothing else is said: `main`, what the whole paper is about, but not under other items of an agenda, which
    are told by headings of `item_level`. Headings below `team_level`, if set, name teams. `aims` tells that a heading promises
    what is to be reached. `bracketed` tells where brackets hold the numbers of the year before: in what the last text
    introduces, in the section or in the whole document. `staged` are the stages that the lines of values read last have named.
    """

    period: Period | None
    damaged: bool = False
    headings: tuple[tuple[int, Topic], ...] = ()
    topic: Topic = Topic()
    intro: Topic | None = None
    intro_level: int = 0
    intro_counted: bool = False
    counted: bool = False
    asked: bool = False
    of_table: bool = False
    listed: bool = False
    default: str | None = None
    main: str | None = None
    item_level: int = 0
    aims: bool = False
    services: bool = False
    others: tuple[str, ...] = ()
    one_procedure: bool = False
    bracketed: Literal["", "list", "section", "document"] = ""
    team_level: int = 0
    staged: tuple[str, ...] = ()

    def context(self) -> Context:
        """What holds for the next text."""
        return Context(
            period=self.period, heading=_inherited(self.headings), topic=self.topic, damaged=self.damaged, listed=self.listed,
            default=self.default, services=self.services, others=self.others, aims=self.aims,
            one_procedure=self.one_procedure, bracketed=bool(self.bracketed),
        )  # fmt: skip


def under_heading(section: Section, block: Block) -> Section:
    """The section after a heading: headings of its level and below are closed, and the topic starts anew.

    The bare number of a table ("Table 3") says nothing, and closes nothing.
    """
    if _BARE_CAPTION.fullmatch(block.text.text.strip()):
        return section
    level = block.level or 9
    open_ = tuple(h for h in section.headings if h[0] < level)
    topic = heading_topic(block.text.text)
    if section.one_procedure:
        topic = replace(topic, dims={k: v for k, v in topic.dims.items() if k != "regime"})
    name = block.text.text.strip()
    team_level = section.team_level if section.team_level < level else 0
    if team_level and not topic.dims and topic.measure is None and _NAME.fullmatch(name):
        topic = replace(topic, dims={"team": name})
    team_level = level if _ONE_BY_ONE.search(name) else team_level
    section = replace(section, headings=(*open_, (level, topic)), topic=Topic(), intro=None, team_level=team_level)
    aims = bool(_AIMS.search(block.text.text)) and not _REACHED.search(block.text.text)
    section = replace(section, aims=aims, default=_item_default(section, block))
    if section.bracketed == "document":
        return section
    return replace(section, bracketed="section" if prior_in_brackets(block.text.text, section.period) else "")


def _item_default(section: Section, block: Block) -> str | None:
    """What is counted under a heading: nothing we know under the other items of an agenda, each of which is of its own matter."""
    if not section.item_level or block.level != section.item_level or not is_item(block):
        return section.default
    text = block.text.text
    return (section.main or main_measure(text, "")) if names_our_matter(text) else None


def is_item(block: Block) -> bool:
    """Whether a heading has a number of its own, as the items of an agenda have."""
    if block.kind != "heading":
        return False
    marked = block.marker is not None and bool(re.fullmatch(r"\d{1,3}[.)]?", block.marker.text))
    return marked or bool(re.match(r"(?:agenda )?item \d", block.text.text, re.I))


def names_our_matter(heading: str) -> bool:
    """Whether a heading names anything that we count, or that feedback is reported."""
    kinds = ("noun", "body", "weak")
    named = any(t.type == "measure" and t.code and t.kind in kinds for t in find_terms(heading))
    return named or bool(
        re.search(r"\b(?:feedback|customer|learning from|children(?:'s|’s)?\b.*\bannual report)\b", heading, re.I)
    )


def heading_topic(text: str) -> Topic:
    """Measure and group that a heading gives to its section; a title of the whole paper or of several measures gives none."""
    if _TITLE.search(text):
        return Topic()
    terms = find_terms(text)
    measures = {t.code for t in terms if t.type == "measure" and t.kind in ("noun", "body") and t.code}
    if any(t.code == "representations" and "complaint" in t.text.lower() for t in terms):
        measures.discard(
            "representations"
        )  # “Complaints and compliments” names two things, of which each text names its own
    dims = {t.name: t.code for t in terms if t.type == "dim" and t.name in ("stage", "regime", "cohort") and t.code}
    if team := named_team(text):
        dims["team"] = team
    stages = {t.code for t in terms if t.type == "dim" and t.name == "stage"}
    if len(stages) > 1:
        dims.pop("stage")
    if "complaints" in measures and "ombudsman_cases" in measures:
        measures = {"ombudsman_cases"}
    timely = any(t.type == "cue" and t.code in ("on_time", "timeliness") for t in terms)
    return Topic(
        measure=measures.pop() if len(measures) == 1 else None, dims=dims, timely=timely, breakdown=asked_in(text)
    )


def before_block(section: Section, block: Block) -> Section:
    """The section as a paragraph or list item finds it.

    Items lean on their introduction; what goes on in the middle of a sentence leans on all that went before; any other text
    leans on the measure that the block before it counted.
    """
    if block.kind != "list_item" and section.bracketed == "list":
        section = replace(section, bracketed="")
    if block.kind == "list_item" and section.intro is not None and block.level <= section.intro_level:
        section = replace(section, intro=None)
    if block.kind == "list_item" and section.intro is not None:
        mentioned = not section.intro_counted
        topic = replace(section.topic, dims={}) if mentioned and section.counted else section.intro
        topic = replace(topic, breakdown=section.intro.breakdown)
        return replace(section, topic=topic, listed=section.intro_counted)
    if re.match(r"[a-z(]", block.text.text):
        return replace(section, intro=None, listed=False)
    if len(section.staged) == 1 and _VALUE_LINE.fullmatch(block.text.text.strip()) and not _groups(block.text.text):
        return replace(section, topic=replace(section.topic, period=None), intro=None, listed=False)
    if section.asked:
        return replace(section, intro=None, listed=False)
    if _QUESTION.match(block.text.text):
        return replace(section, topic=Topic(), intro=None, listed=False)
    topic = replace(section.topic, dims={}, period=None) if section.counted else Topic(timely=section.topic.timely)
    return replace(section, topic=topic, intro=None, listed=False)


def _groups(text: str) -> list[Term]:
    """The words of a text that say what is counted, or at what stage."""
    terms = find_terms(text)
    return [t for t in terms if t.type == "measure" and t.kind in ("noun", "body") or t.name in ("stage", "regime")]


def _staged(before: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The stages named by a run of lines of values, those `before` and this one; () after any other text, and after other things."""
    if not _VALUE_LINE.fullmatch(text):
        return ()
    groups = _groups(text)
    stages = [t.code for t in groups if t.name == "stage"]
    other = any(t.type == "measure" and t.code != "complaints" for t in groups)
    return () if other or len(stages) > 1 else tuple(dict.fromkeys((*before, *stages)))


def as_list_item(section: Section, block: Block) -> Block:
    """`block` as an item of the list that is being read, where its bullet was lost.

    It is a short line that begins with a number or in lower case, or a label and its number.
    """
    line = block.text.text
    follows = section.intro is not None and section.intro_counted and block.kind in ("heading", "paragraph")
    if (
        follows
        and len(line) < 200
        and not line.endswith(":")
        and (re.match(r"\W*(?:\d[\d,]* |[a-z]|[Nn]o(?:ne)? )", line) or _ENTRY.fullmatch(line))
    ):
        return replace(block, kind="list_item", level=section.intro_level + 1)
    return block


def as_prose(block: Block) -> Block:
    """`block` as a paragraph, where it was taken for a heading but states figures and leads on (“There were 83: 20 upheld, of which”)."""
    line = block.text.text.rstrip()
    states = _THERE_WERE.match(line) or (_LEADS_ON.search(line) and _VERB.search(line))
    if block.kind != "heading" or not states:
        return block
    counted = any(
        i > 0 and known_nonfigure(sentence, i) is None
        for sentence in read_sentences(line)
        for i, _ in sentence.numbers()
    )
    return replace(block, kind="paragraph", level=0) if counted else block


def before_table(section: Section) -> Section:
    """The section as a table finds it: an introduction right above says which group it is about, a paragraph only the measure.

    So does a sentence about the table itself (`of_table`).
    """
    topic = section.intro if section.intro is not None and section.intro_counted else None
    if topic is None and section.of_table:
        return section
    return replace(section, topic=topic or replace(section.topic, dims={}, period=None))


def after_block(section: Section, block: Block, topic: Topic, *, counted: bool) -> Section:
    """The section after a text that left `topic`; one that ends with a colon introduces a list, whether it `counted` or not."""
    text = block.text.text.rstrip()
    titled = len(text.split()) <= _LONGEST_TITLE and not _VERB.search(text) and not text.endswith((".", ";"))
    of_table = not counted and (titled or bool(_OF_A_TABLE.search(text)))
    if titled and not counted:
        topic = replace(
            heading_topic(text), timely=topic.timely
        )  # it stands over what follows, and leans on nothing before
    asked = not counted and text.endswith("?")  # and answered in the next block
    section = replace(section, topic=topic, counted=counted, of_table=of_table, asked=asked)
    section = replace(section, staged=_staged(section.staged, text) if counted else ())
    if not section.bracketed and prior_in_brackets(text, section.period):
        section = replace(section, bracketed="list" if _LEADS_ON.search(text) else "section")
    if not _LEADS_ON.search(block.text.text.rstrip()):
        return section if block.kind == "list_item" else replace(section, intro=None)
    level = block.level if block.kind == "list_item" else 0
    return replace(section, intro=topic, intro_level=level, intro_counted=counted or bool(topic.dims))


def _inherited(headings: tuple[tuple[int, Topic], ...]) -> Topic:
    measure: str | None = None
    dims: dict[str, str] = {}
    timely = bool(headings) and headings[-1][1].timely
    for _, topic in headings:
        if topic.measure is not None:
            measure = topic.measure
            if topic.measure not in ("complaints", "responses_on_time"):
                dims = {}
        dims = {**dims, **topic.dims}
    return Topic(measure=measure, dims=dims, timely=timely)


def main_measure(opening: str, text: str) -> str | None:
    """The measure that a whole paper is about: complaints, where its `opening` (title, first headings) or its `text` says so."""
    titled = {t.code for t in find_terms(opening) if t.type == "measure" and t.kind in ("noun", "body")}
    mentions = [
        t
        for t in find_terms(" ".join(text[:6000].split()))
        if t.type == "measure" and t.code == "complaints" and t.kind == "noun"
    ]
    return "complaints" if titled & {"complaints", "representations"} or len(mentions) >= 5 else None


_LETTER = re.compile(r"^\s*dear\b", re.I | re.M)
_REVIEW = re.compile(r"\bannual (?:review )?(?:letter|summary)\b", re.I)
_YOURS = re.compile(r"\byour (?:council|authority|local authority)\b", re.I)


def of_ombudsman(text: str) -> bool:
    """Whether a paper is the letter in which the Ombudsman tells an authority every year what complaints there were about it."""
    opening = text[:2500]
    signed = any(t.code == "ombudsman_cases" and t.kind == "body" for t in find_terms(opening))
    return signed and all(sign.search(opening) for sign in (_LETTER, _REVIEW, _YOURS))


def one_procedure(text: str) -> bool:
    """Whether a paper never speaks of the council's own complaints procedure beside the one in law."""
    return not any(t.name == "regime" and t.code == "corporate" for t in find_terms(text))


def several_services(text: str) -> bool:
    """Whether a paper speaks of adults' services or of the whole council, so that a service is a breakdown."""
    return bool(
        re.search(
            r"\badults?['’]?s?['’]? (?:and children['’]?s )?(?:social )?(?:care|services)|\b(?:whole|entire) council|to the council\b|\bcouncil as a whole",
            text,
            re.I,
        )
    )


def other_authorities(text: str, own: str | None) -> tuple[str, ...]:
    """Names, as printed, of the authorities in a paper that is not theirs; none where its own is not known."""
    if own is None:
        return ()
    mentions = load_authorities().find_in(text)
    return tuple(
        sorted(
            {
                text[m.start : m.end]
                for m in mentions
                if m.authority.name != own and own not in {c.name for c in m.candidates}
            }
        )
    )


__all__ = [
    "Section",
    "after_block",
    "before_block",
    "heading_topic",
    "read_sentences",
    "under_heading",
]
