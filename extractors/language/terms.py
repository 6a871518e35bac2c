"""Words of the vocabulary in running text: a blank spaCy pipeline whose matchers fill `Doc.spans`.

Tokens are compared by a norm: lower case, singular where the vocabulary has the singular, and with "rn" read as "m" where
scanning broke a word of the vocabulary ("cornplaint"). Possessives keep their mark, so that "children's services" is not
taken for children who complain.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractors.language.teams import team_names
from schemas.vocabulary import TermKind, expand, load_vocabulary

TermType = Literal["measure", "dim", "cue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Characters `start` to `end` are words of the vocabulary: a measure, a dimension value (`name`, `code`) or a cue."""

    type: TermType
    start: int
    end: int
    text: str
    name: str
    code: str
    kind: TermKind = "noun"
    implies: tuple[tuple[str, str], ...] = ()


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’](?:[sStT])?(?!\w))?|\S")
_IRREGULAR = {"children": "child", "people": "people", "enquiries": "enquiry", "enquires": "enquiry", "inquiries": "inquiry",
              "queries": "query", "parties": "party", "remedies": "remedy", "vacancies": "vacancy", "disabilities": "disability",
              "councilors": "councillor", "timescales": "timescale", "bodies": "body", "replies": "reply"}  # fmt: skip


@lru_cache(maxsize=4096)
def find_terms(text: str) -> tuple[Term, ...]:
    """All terms of the vocabulary in `text`, in order. Within a type the longest match wins; types may overlap."""
    doc = _pipeline()(text)
    # The document knows no runs of space, so that its own offsets are not those of the text.
    places = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    entries = _entries()
    terms = [
        Term(
            type=type_, start=start, end=end, text=text[start:end],
            name=entry.name, code=entry.code, kind=entry.kind, implies=entry.implies,
        )
        for type_ in ("measure", "dim", "cue")
        for span in doc.spans[type_]
        for entry, start, end in [(entries[span.label_], places[span.start][0], places[span.end - 1][1])]
    ]  # fmt: skip
    return tuple(sorted(_outside_names(_outermost(terms), text), key=lambda t: (t.start, t.end)))


_NAMESAKES = ("representations", "assessments", "referrals", "children_supported", "workforce")
"""Work of the service after which teams are named (“Contact and Assessment Service”)."""


def _outside_names(terms: list[Term], text: str) -> list[Term]:
    """Without the words that are a part of the name of a team: groups of children, and what teams do (“Leaving Care Team”)."""
    names = team_names(text)
    return [
        t
        for t in terms
        if not (t.name == "cohort" or t.code in _NAMESAKES) or not any(a <= t.start and t.end <= b for a, b in names)
    ]


def _outermost(terms: list[Term]) -> list[Term]:
    """Without the measures that are part of a longer dimension value (“closed after first enquiries” counts no enquiries)."""
    values = [(t.start, t.end) for t in terms if t.type == "dim" and t.name in ("event", "outcome")]
    return [
        t
        for t in terms
        if t.type != "measure" or not any(a <= t.start and t.end <= b and b - a > t.end - t.start for a, b in values)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    type: TermType
    name: str
    code: str
    phrases: tuple[str, ...]
    kind: TermKind = "noun"
    implies: tuple[tuple[str, str], ...] = ()


@cache
def _entries() -> dict[str, _Entry]:
    vocabulary = load_vocabulary()
    found: dict[str, _Entry] = {}
    for measure in vocabulary.measures:
        for i, term in enumerate(measure.terms):
            found[f"measure/{measure.code}/{i}"] = _Entry(
                type="measure", name="measure", code=measure.code, kind=term.kind,
                phrases=_phrases(term.words), implies=tuple(sorted(term.implies.items())),
            )  # fmt: skip
    for dimension in vocabulary.dimensions:
        for value in dimension.values:
            found[f"dim/{dimension.name}/{value.code}"] = _Entry(
                type="dim", name=dimension.name, code="" if value.default else value.code, phrases=_phrases(value.words)
            )
    for cue, words in vocabulary.cues.items():
        found[f"cue/{cue}"] = _Entry(type="cue", name="cue", code=cue, phrases=_phrases(words))
    return found


def _phrases(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(phrase for pattern in words for phrase in expand(pattern))


@cache
def _pipeline() -> Language:
    nlp = spacy.blank("en")
    lexicon = frozenset(
        norm for e in _entries().values() for p in e.phrases for norm in (_plain(t) for t in _TOKEN.findall(p))
    )

    def tokenize(text: str) -> Doc:
        pieces = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
        words = [text[a:b] for a, b in pieces]
        spaces = [b < len(text) and text[b].isspace() for _, b in pieces]
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
        for token in doc:
            token.norm_ = _norm(token.text, lexicon)
        return doc

    nlp.tokenizer = tokenize
    matchers: dict[str, PhraseMatcher] = {t: PhraseMatcher(nlp.vocab, attr="NORM") for t in ("measure", "dim", "cue")}
    for label, entry in _entries().items():
        matchers[entry.type].add(label, [tokenize(v) for p in entry.phrases for v in _hyphenations(p)])

    @Language.component("crossfoot_terms")
    def find(doc: Doc) -> Doc:
        for type_, matcher in matchers.items():
            doc.spans[type_] = _longest(matcher(doc, as_spans=True))
        return doc

    nlp.add_pipe("crossfoot_terms")
    return nlp


def _longest(spans: list[Span]) -> list[Span]:
    return filter_spans(spans)


def _hyphenations(phrase: str) -> set[str]:
    words = phrase.split(" ")
    joined = {f"{' '.join(words[:i])}-{' '.join(words[i:])}" for i in range(1, len(words))}
    return {phrase, *joined}


def _plain(token: str) -> str:
    return (
        token.lower().replace("’", "'").replace("s'", "'s") if token[-1:] in "'’" else token.lower().replace("’", "'")
    )


@cache
def _norm(token: str, lexicon: frozenset[str]) -> str:
    norm = _plain(token)
    for candidate in (norm, _mended(norm)):
        if candidate in _IRREGULAR:
            return _IRREGULAR[candidate]
        if candidate.endswith("s") and candidate[:-1] in lexicon:
            return candidate[:-1]
        if candidate in lexicon:
            return candidate
        if candidate.endswith("s'"):
            return candidate[:-2] + "'s"
    return norm


def _mended(norm: str) -> str:
    return norm.replace("rn", "m").replace("0", "o")
