"""The context that headings, list introductions and preceding sentences give to what follows them."""

import re
from dataclasses import dataclass, replace

from extractors.figures.drafts import Context, Topic
from extractors.language.clause import read_sentences
from extractors.language.terms import find_terms
from schemas.layout import Block
from schemas.periods import Period

_TITLE = re.compile(r"\b(?:report|minutes|agenda|committee|annual|panel|board)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Where the reader stands: the open headings (level, topic), the topic of the text before, and of a list's introduction."""

    period: Period | None
    damaged: bool = False
    headings: tuple[tuple[int, Topic], ...] = ()
    topic: Topic = Topic()
    intro: Topic | None = None

    def context(self) -> Context:
        """What holds for the next text."""
        return Context(period=self.period, heading=_inherited(self.headings), topic=self.topic, damaged=self.damaged)


def under_heading(section: Section, block: Block) -> Section:
    """The section after a heading: headings of its level and below are closed, and the topic starts anew."""
    level = block.level or 9
    open_ = tuple(h for h in section.headings if h[0] < level)
    return replace(section, headings=(*open_, (level, heading_topic(block.text.text))), topic=Topic(), intro=None)


def heading_topic(text: str) -> Topic:
    """Measure and group that a heading gives to its section; a title of the whole paper or of several measures gives none."""
    if _TITLE.search(text):
        return Topic()
    terms = find_terms(text)
    measures = {t.code for t in terms if t.type == "measure" and t.kind in ("noun", "body") and t.code}
    dims = {t.name: t.code for t in terms if t.type == "dim" and t.name in ("stage", "regime", "cohort") and t.code}
    stages = {t.code for t in terms if t.type == "dim" and t.name == "stage"}
    if len(stages) > 1:
        dims.pop("stage")
    if "complaints" in measures and "ombudsman_cases" in measures:
        measures = {"ombudsman_cases"}
    timely = any(t.type == "cue" and t.code in ("on_time", "timeliness") for t in terms)
    return Topic(measure=measures.pop() if len(measures) == 1 else None, dims=dims, timely=timely)


def before_block(section: Section, block: Block) -> Section:
    """The section as a paragraph or list item finds it: items lean on their introduction, a new paragraph on the measure only."""
    if block.kind == "list_item":
        if section.intro is not None:
            return replace(section, topic=section.intro)
        return replace(section, topic=replace(section.topic, dims={}))
    topic = section.topic
    if section.intro is None:
        topic = replace(topic, dims={})
    return replace(section, topic=topic)


def before_table(section: Section) -> Section:
    """The section as a table finds it: an introduction right above says which group it is about, a paragraph only the measure."""
    topic = section.intro or replace(section.topic, dims={})
    return replace(section, topic=topic)


def after_block(section: Section, block: Block, topic: Topic, *, counted: bool) -> Section:
    """The section after a text that left `topic`; one that `counted` something and ends with a colon introduces a list."""
    if block.kind == "list_item" and section.intro is not None:
        return replace(section, topic=topic)
    introduces = block.text.text.rstrip().endswith((":", ":-")) and (counted or bool(topic.dims))
    return replace(section, topic=topic, intro=topic if introduces else None)


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


def looks_damaged(text: str) -> bool:
    """Whether scanning left its marks on the text: digits within words and letters within numbers, or "rn" for "m"."""
    sample = text[:20000]
    mixed = re.findall(r"\b(?:\d+[OlISB]\d*|[OlISB]\d+|\d*[OlIS]/?\d{2,}|[lI]\.\d)\b", sample)
    broken = re.findall(r"\b(?:\w*rn(?:plaint|pliment|ber|ent)\w*|tirne|frorn|tearn)\b", sample)
    return len(mixed) + len(broken) >= 3


__all__ = ["Section", "after_block", "before_block", "heading_topic", "looks_damaged", "read_sentences", "under_heading"]
