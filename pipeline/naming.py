"""Names for documents: short where that is enough, longer where two documents would have the same."""

from collections import Counter
from collections.abc import Mapping


def unique_names(named: Mapping[int, tuple[str, str]]) -> dict[int, str]:
    """A name for each document, from its own (name, key), where the key is its whole path, which no other has.

    A name that two documents share grows by one folder of its path at a time until they differ: the same documents get the same
    names in whatever order they came.
    """
    parts = {number: key.strip("/").split("/") for number, (_, key) in named.items()}
    lengths = {number: name.count("/") + 1 for number, (name, _) in named.items()}
    names = {number: name for number, (name, _) in named.items()}
    while clashing := _clashing(names):
        for number in clashing:
            lengths[number] += 1
            names[number] = "/".join(parts[number][-lengths[number] :])
    return names


def _clashing(names: Mapping[int, str]) -> list[int]:
    """The documents whose name is also another's."""
    times = Counter(names.values())
    return [number for number, name in names.items() if times[name] > 1]
