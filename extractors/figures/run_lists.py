"""Lists within a sentence, of labels each with its number."""

import re

from extractors.language.clause import NUMBER, Sentence

_RUN = re.compile(r": (?P<items>(?:(?:[a-zT'’/-]+ ){1,5}№ [;,] (?:and )?){2,}(?:[a-zT'’/-]+ ){1,5}№)(?: \.)?$")


def run_labels(sentence: Sentence) -> dict[int, str]:
    """The labels of “How complaints were made: letter 29; e-mail 24; in person 3.”, by the index of each number."""
    m = _RUN.search(" ".join(sentence.signs))
    if m is None:
        return {}
    first = len(" ".join(sentence.signs)[: m.start("items")].split())
    ahead = [t for token in sentence.tokens[:first] for t in token.terms]
    if not any(t.type == "measure" and t.kind == "noun" for t in ahead):
        return {}
    labels: dict[int, str] = {}
    for index in range(first, len(sentence.tokens)):
        if sentence.signs[index] == NUMBER:
            known = any(t.code and t.type == "dim" for token in sentence.tokens[first:index] for t in token.terms)
            printed = sentence.text[sentence.tokens[first].start : sentence.tokens[index - 1].end]
            if not known:
                labels[index] = re.sub(r"^and ", "", printed.lower())
            first = index + 2
    return labels
