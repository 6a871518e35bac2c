"""Where children live: “453 live with foster families, of whom 50% live out of the authority area”."""

import re

from extractors.figures.clusters import Cluster
from extractors.figures.subjects import Subject, said_of
from extractors.language.clause import Sentence
from extractors.language.terms import find_terms

_AWAY = r"(?:out of|outside(?: of)?|within|away from|more than|less than) "
_HOMES = r"(?:accommodation|placements?|care|carers?|homes?|schools?|hostels?|lodgings|living|units?|famil(?:y|ies)|parents?)"
_LIVES = re.compile(
    rf"""(?x)
    [^.,;:\d]{{0,45}}?\b
    (?:(?:(?:are|were|is|was|be|been)\ )?(?:live|lives|lived|living|placed|accommodated)\ (?:(?:in|with|at)\ (?:(?:an?|the)\ )?|(?={_AWAY.replace(" ", chr(92) + " ")}))
      |(?:are|were|is|was)\ (?:in\ (?:(?:an?|the)\ )?(?=[^.,;:\d]*\b{_HOMES}\b)|(?={_AWAY.replace(" ", chr(92) + " ")})|(?=unaccompanied\b)))
    (?P<place>[^.,;:()\d]{{3,80}})
    """
)
_ENDS = re.compile(
    r"\s(?:(?:who|which|that|of whom|including|compared|at|and (?:live|are|were|is|was))\b.*|(?:and|or|with|while)\s*$)",
    re.S,
)


def where_living(sentence: Sentence, cluster: Cluster, previous: Subject | None) -> str:
    """The place in which those live whom `cluster` counts, as printed, under the place of those of whom they are some."""
    last = sentence.tokens[cluster.roles[-1].index].end
    m = _LIVES.match(sentence.text, last, sentence.tokens[cluster.end - 1].end)
    if m is None:
        return ""
    place = " ".join(_ENDS.sub("", m["place"]).split())
    if place.startswith("care ") or place == "our care" or any(t.name == "cohort" for t in find_terms(place)):
        return ""
    whole = previous.dims.get("category") if previous is not None and said_of(sentence, cluster) else None
    return f"{whole}, {place}" if whole and place else place
