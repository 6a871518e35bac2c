"""Sentences that break off, because columns of text or pages were not put together as they are read.

What such a sentence says of a number is a guess: half of it may belong to another one.
"""

import re
from dataclasses import replace

from extractors.figures.drafts import Draft, TextReading
from extractors.figures.relate_said import sentence_end
from schemas.layout import Block

_STOPPED = re.compile(r"[.!?:;%)\]\"”’'\d]\s*$")
_LEAST_WORDS = 6
_UNLIKELY = 0.4


def breaks_off(block: Block) -> bool:
    """Whether a paragraph ends in the middle of a sentence."""
    text = block.text.text
    return block.kind == "paragraph" and len(text.split()) >= _LEAST_WORDS and _STOPPED.search(text) is None


def unless_broken(reading: TextReading, block: Block, *, after_broken: bool) -> TextReading:
    """The reading of a block; figures of a last sentence that breaks off, and of a first one after such an end, are unlikely to be right."""
    if block.kind != "paragraph" or not reading.drafts or not (after_broken or breaks_off(block)):
        return reading
    text = block.text.text.rstrip()
    first = min((d.sentence for d in reading.drafts if d.sentence is not None), default=0)
    opens_late = re.search(r"[.!?] ", text[:first]) is not None

    def is_whole(draft: Draft) -> bool:
        ends = breaks_off(block) and sentence_end(text, draft.end) >= len(text)
        begins = after_broken and draft.sentence == first and not opens_late
        return not (ends or begins)

    drafts = tuple(d if is_whole(d) else replace(d, confidence=min(d.confidence, _UNLIKELY)) for d in reading.drafts)
    return replace(reading, drafts=drafts)
