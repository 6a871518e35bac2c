"""Notes: headings and sentences that speak of the figures as a whole ("restated", "cannot be compared") or name what a report covers."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.language.numbers import find_numbers
from schemas.layout import Block, Layout, Table
from schemas.notes import Note, Topic, load_topics
from schemas.pages import MappedText

_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_SENTENCE = re.compile(r"""(?:(?<=[.!?;:])|(?<=[.!?][)”"’']))\s+(?=[\W_]*[A-Z0-9•*])|\n+""")

# The sentence before is kept for what it says of the matter, as far as it is short.
_CONTEXT = 400


def find_notes(layout: Layout) -> tuple[Note, ...]:
    """The notes of a document, in reading order; what repeats on every page is left out."""
    return tuple(note for text, heading in _texts(layout) for note in _notes_in(text, heading))


def _texts(layout: Layout) -> Iterator[tuple[MappedText, bool]]:
    for element in layout.elements:
        if isinstance(element, Table):
            yield from ((text, False) for text in (element.caption, *element.notes) if text is not None)
        elif element.kind != "furniture":
            yield element.text, _is_heading(element)


def _is_heading(block: Block) -> bool:
    return block.kind == "heading"


def _notes_in(text: MappedText, heading: bool) -> Iterator[Note]:
    before = 0
    for start, end in _sentences(text.text):
        sentence = text.text[start:end]
        topics = _topics_of(sentence, heading)
        where = text.locate(start, end) if topics else None
        if where is not None:
            numbers = tuple(n.value for n in find_numbers(sentence) if n.value is not None)
            said = text.text[before if end - before <= _CONTEXT else start : end].strip()
            for topic in topics:
                if numbers or not topic.needs_number:
                    page, bbox = where
                    yield Note(topic=topic.code, text=said, heading=heading, numbers=numbers, page=page, bbox=bbox)
        before = start


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _SENTENCE.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _topics_of(sentence: str, heading: bool) -> tuple[Topic, ...]:
    """The topics that have a phrase in the sentence, and none that excludes it."""
    words = tuple(map(_plain, _TOKEN.findall(sentence.lower())))
    found: dict[str, Topic] = {}
    for at, word in enumerate(words):
        for phrase, topic in _phrases(heading).get(word, ()):
            if words[at : at + len(phrase)] == phrase:
                found[topic.code] = topic
    return tuple(topic for topic in found.values() if not _excluded(topic).intersection(words))


@cache
def _phrases(heading: bool) -> dict[str, tuple[tuple[tuple[str, ...], Topic], ...]]:
    """All phrases as words, by their first."""
    phrases: dict[str, list[tuple[tuple[str, ...], Topic]]] = {}
    for topic in load_topics():
        for phrase in topic.phrases(heading=heading):
            words = tuple(map(_plain, _TOKEN.findall(phrase.lower())))
            phrases.setdefault(words[0], []).append((words, topic))
    return {first: tuple(of) for first, of in phrases.items()}


@cache
def _excluded(topic: Topic) -> frozenset[str]:
    return frozenset(_plain(word) for word in topic.unless)


@cache
def _plain(word: str) -> str:
    """The word without a possessive or plural "s"."""
    word = re.sub(r"['’]s?$", "", word.replace("’", "'")).replace("'", "")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
