"""What a document says in words about its figures, or about what it covers: the topics and their phrases, and a note found in a text."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from schemas.pages import BBox
from schemas.vocabulary import expand

_DATA = Path(__file__).parent / "data" / "notes.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A heading or sentence on `topic` (a code of notes.yaml), with the sentence before it; `numbers` are those of the sentence."""

    topic: str
    text: str
    heading: bool
    numbers: tuple[Decimal, ...]
    page: int
    bbox: BBox


class Topic(BaseModel):
    """A topic and the words for it, `headings` in headings alone; a sentence with one of the words of `unless` is not on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    words: tuple[str, ...]
    headings: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    needs_number: bool = False

    def phrases(self, *, heading: bool) -> tuple[str, ...]:
        """All phrases that the words stand for, in a heading or elsewhere."""
        return tuple(phrase for words in (*self.words, *(self.headings if heading else ())) for phrase in expand(words))


@cache
def load_topics() -> tuple[Topic, ...]:
    """The topics of the data file. Raises ValueError when two have one code."""
    loaded = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    topics = tuple(Topic.model_validate(topic) for topic in loaded["topics"])
    if len({topic.code for topic in topics}) < len(topics):
        raise ValueError(f"two topics of {_DATA.name} have one code")
    return topics
