"""Make authorities.csv from mySociety's register: python schemas/data/build_authorities.py REGISTER_DIR.

REGISTER_DIR holds `packages/uk_la_future/uk_local_authorities_future.csv` and `lookup_name_to_registry.csv` beside it.
See README.md here for source and licence. What this file adds by hand is in the three tables below.
"""

import csv
import re
import sys
from datetime import date, timedelta
from pathlib import Path

Row = dict[str, str]

_TYPES = {
    "CTY": "county", "UA": "unitary", "LBO": "london_borough", "MD": "metropolitan", "NMD": "district", "COMB": "combined",
    "NID": "ni_district", "SCO": "scottish_unitary", "WPA": "welsh_unitary", "CC": "city_corporation", "SRA": "regional",
}  # fmt: skip
# Councils that go by a shorter name than their full legal one in their own papers.
_WORKING_NAMES = {"BUR": "Bury Council", "GAT": "Gateshead Council"}
# Short forms and web names that no rule gives.
_MORE_ALIASES = {
    "BAS": ("banes", "b&nes", "bathnes", "bath & n e somerset"),
    "BDG": ("lbbd",),
    "BRD": ("cbmdc",),
    "HMF": ("lbhf",),
    "KEC": ("rbkc",),
}  # fmt: skip
# Social-care authorities abolished before the register's time.
_FORMER = (
    {
        "key": "X-BDS",
        "name": "Bedfordshire County Council",
        "short": "Bedfordshire",
        "end": "2009-03-31",
        "successors": "BDF CBF",
    },
    {
        "key": "X-CHS",
        "name": "Cheshire County Council",
        "short": "Cheshire",
        "end": "2009-03-31",
        "successors": "CHE CHW",
    },
)


def main(source: Path) -> None:
    """Write authorities.csv beside this file."""
    with (source / "packages/uk_la_future/uk_local_authorities_future.csv").open(encoding="utf-8") as file:
        register = list(csv.DictReader(file))
    with (source / "packages/uk_la_future/lookup_name_to_registry.csv").open(encoding="utf-8") as file:
        names: dict[str, set[str]] = {}
        for row in csv.DictReader(file):
            names.setdefault(row["local-authority-code"], set()).add(row["la-name"])
    rows = [_row(r, names.get(r["local-authority-code"], set())) for r in register]
    for former in _FORMER:
        row = {"code": "", "start": "", "nation": "England", "type": "county", "former_codes": "", **former}
        rows.append({**row, "aliases": "|".join(sorted(_aliases(row, set())))})
    _drop_names_of_others(rows)
    with Path(__file__).with_name("authorities.csv").open("w", encoding="utf-8", newline="") as file:
        columns = (
            "key",
            "name",
            "short",
            "code",
            "former_codes",
            "start",
            "end",
            "successors",
            "nation",
            "type",
            "aliases",
        )
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda r: r["key"]))


def _drop_names_of_others(rows: list[Row]) -> None:
    """An alias that is another council's own name is none: Dorset Council is not Dorset County Council."""
    owners = {_plain(row["name"]): row["key"] for row in rows}
    for row in rows:
        kept = [a for a in row["aliases"].split("|") if owners.get(a, row["key"]) == row["key"]]
        row["aliases"] = "|".join(kept)


def _row(source: Row, names: set[str]) -> Row:
    key = source["local-authority-code"]
    # dates in 2005 are those of an older list's making, not of the councils
    start = "" if source["start-date"].startswith("2005-") else source["start-date"]
    row = {
        "key": key,
        "name": _WORKING_NAMES.get(key, source["official-name"]),
        "short": re.sub(r" Council$|^City of (?=Bristol)", "", source["nice-name"]),
        "code": source["gss-code"],
        "former_codes": " ".join(re.findall(r"[A-Z]\d{8}", source["former-gss-codes"])),
        "start": start,
        "end": _last_day(source["end-date"]),
        "successors": source["replaced-by"].replace(",", " "),
        "nation": source["nation"],
        "type": _TYPES[source["local-authority-type"]],
    }
    names = names | {source["official-name"], source["nice-name"], *_MORE_ALIASES.get(key, ())}
    return {**row, "aliases": "|".join(sorted(_aliases(row, names)))}


def _last_day(printed: str) -> str:
    """Some rows give the last day of a council, some the first day without it."""
    day = date.fromisoformat(printed) if printed else None
    return "" if day is None else (day - timedelta(days=1) if day.day == 1 else day).isoformat()


def _aliases(row: Row, names: set[str]) -> set[str]:
    """Lower-case names by which the council is called, beside its official one."""
    found = {_plain(n) for n in names} | {_plain(row["short"])}
    found = {n for n in found if n and n.isascii() and not re.search(r" ua$| district$| london boro$", n)}
    if row["type"] in ("combined", "regional"):
        # "the North East", "West Midlands", "London" are regions to a reader
        return {n for n in found if "authority" in n}
    base = re.sub(r" (county|city)$|^county ", "", _plain(row["short"]))
    official = _plain(row["name"])
    forms = [f"{base} council", f"council of {base}"]
    if row["type"] == "county":
        forms += [f"{base} county council", f"{base} cc", f"county council of {base}"]
    if row["type"] == "unitary" and (base.endswith("shire") or "county council" in official):
        forms += [f"{base} county council"]
    if row["type"] == "london_borough":
        forms += [f"london borough of {base}", f"lb of {base}", f"lb {base}", f"{base} london borough council"]
        forms += [f"london borough {base}", f"{base} borough council"]
    if row["type"] == "metropolitan":
        for kind, letters in (("borough", "mbc"), ("district", "mdc")):
            forms += [f"{base} metropolitan {kind} council", f"{base} {letters}", f"metropolitan {kind} of {base}"]
            forms += [f"city of {base} {letters}", f"city of {base} metropolitan {kind} council"]
        forms += [f"{base} metropolitan council"]
    if any("city" in n for n in (official, *found)) and row["type"] != "district":
        forms += [f"{base} city council", f"city of {base} council", f"{base} city", f"city of {base}"]
    if "borough" in official and row["type"] in ("unitary", "district"):
        forms += [f"{base} borough council", f"borough of {base}", f"{base} bc", f"{base} borough"]
    if row["type"] == "district":
        forms += [f"{base} district council"]
    found |= {*forms, base}
    return {n.strip() for n in found if n.strip() not in ("", "city of", official)}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z&]+", " ", name.lower().replace("'", "")).strip()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
