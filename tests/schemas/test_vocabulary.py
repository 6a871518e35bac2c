"""The vocabulary against the contract that exports and gold files are written in."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from schemas import vocabulary
from schemas.vocabulary import expand, load_vocabulary, parts_of

MEASURES = (
    ("complaints", "count"),
    ("compliments", "count"),
    ("comments", "count"),
    ("representations", "count"),
    ("initial_feedback", "count"),
    ("adr_cases", "count"),
    ("enquiries", "count"),
    ("ombudsman_cases", "count"),
    ("subject_access_requests", "count"),
    ("referrals", "count"),
    ("children_supported", "count"),
    ("assessments", "count"),
    ("payments", "GBP"),
    ("savings", "GBP"),
    ("workforce", "count"),
)
"""Those that words name; `response_time` and `responses_on_time` are told by how a sentence is built."""

VALUES = (
    *(("stage", code) for code in ("1", "2", "3")),
    *(("regime", code) for code in ("statutory", "corporate")),
    *(
        ("event", code)
        for code in (
            "received", "closed", "escalated", "withdrawn", "cancelled", "ongoing", "completed", "outstanding", "assessed",
            "investigated", "rejected", "late", "premature", "closed_after_enquiries", "out_of_jurisdiction", "advice_given",
            "decided",
        )
    ),
    *(
        ("outcome", code)
        for code in ("upheld", "partly_upheld", "upheld_or_partly", "not_upheld", "resolved", "no_finding")
    ),
    *(("complainant", code) for code in ("child", "parent", "advocate", "relative", "carer", "adult", "other")),
    *(("source", code) for code in ("member", "mp", "mep")),
    *(
        ("cohort", code)
        for code in ("looked_after", "care_leaver", "disabled", "in_need", "child_protection", "private_fostering")
    ),
    *(("investigator", code) for code in ("external", "internal")),
)  # fmt: skip


@pytest.mark.parametrize(("code", "unit"), MEASURES)
def test_a_measure_has_its_unit_and_words(code: str, unit: str) -> None:
    (measure,) = (m for m in load_vocabulary().measures if m.code == code)
    assert measure.unit == unit
    assert any(term.words for term in measure.terms)


@pytest.mark.parametrize(("name", "code"), VALUES)
def test_a_dimension_value_has_words(name: str, code: str) -> None:
    (value,) = (v for d in load_vocabulary().dimensions if d.name == name for v in d.values if v.code == code)
    assert value.words


def test_controlled_values_are_those_of_the_contract() -> None:
    names = {name for name, _ in VALUES}
    found = {(d.name, v.code) for d in load_vocabulary().dimensions if d.name in names for v in d.values}
    assert found == set(VALUES)


def test_measures_are_those_of_the_contract() -> None:
    """The empty code is for things that look like measures and that none counts; two measures are told by the sentence."""
    others = {"response_time", "responses_on_time", ""}
    assert {m.code for m in load_vocabulary().measures} == {code for code, _ in MEASURES} | others


def test_only_what_was_received_goes_without_saying() -> None:
    default = [(d.name, v.code) for d in load_vocabulary().dimensions for v in d.values if v.default]
    assert default == [("event", "received")]


@pytest.mark.parametrize(
    ("name", "code", "parts"),
    [
        ("outcome", "upheld_or_partly", ("upheld", "partly_upheld")),
        ("outcome", "upheld", ("upheld",)),
        ("stage", "1", ("1",)),
        ("team", "North", ("North",)),
    ],
)
def test_the_values_that_one_takes_together(name: str, code: str, parts: tuple[str, ...]) -> None:
    assert parts_of(name, code) == parts


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        ("complaint", ("complaint",)),
        ("(lgo|ombudsman) case", ("lgo case", "ombudsman case")),
        ("not within (the|) jurisdiction", ("not within the jurisdiction", "not within jurisdiction")),
        ("(a|b) (c|d)", ("a c", "a d", "b c", "b d")),
        ("alternative dispute resolution (adr)", ("alternative dispute resolution (adr)",)),
    ],
)
def test_the_phrases_of_a_pattern(words: str, phrases: tuple[str, ...]) -> None:
    assert expand(words) == phrases


MEASURES_FILE = {
    "measures": [{"code": "complaints", "unit": "count", "terms": [{"kind": "noun", "words": ["complaint"]}]}]
}
DIMENSIONS_FILE = {"dimensions": [{"name": "outcome", "values": [{"code": "upheld", "words": ["upheld"]}]}]}
CUES_FILE = {"cues": {"up": ["rise"]}}


class TestFiles:
    @pytest.fixture(autouse=True)
    def _own_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(vocabulary, "DATA", tmp_path)
        self.folder = tmp_path

    def load(self, measures: dict, dimensions: dict = DIMENSIONS_FILE) -> vocabulary.Vocabulary:
        """The vocabulary of these files, without the memory of the loader."""
        written = {"measures": measures, "dimensions": dimensions, "cues": CUES_FILE}
        for name, content in written.items():
            (self.folder / f"{name}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
        return load_vocabulary.__wrapped__()

    def test_a_sound_one_is_loaded(self) -> None:
        loaded = self.load(MEASURES_FILE)
        assert loaded.measures[0].terms[0].words == ("complaint",)
        assert loaded.cues == {"up": ("rise",)}

    @pytest.mark.parametrize("words", ["complaint", "(complaint|grumble)", "(formal|) complaint"])
    def test_a_label_for_two_measures_is_refused(self, words: str) -> None:
        second = {"code": "comments", "unit": "count", "terms": [{"kind": "noun", "words": [words]}]}
        with pytest.raises(ValueError, match="“complaint” names both measure complaints and measure comments"):
            self.load({"measures": [*MEASURES_FILE["measures"], second]})

    def test_a_label_for_two_dimension_values_is_refused(self) -> None:
        values = [{"code": "upheld", "words": ["found"]}, {"code": "no_finding", "words": ["found"]}]
        with pytest.raises(ValueError, match="“found” names both outcome upheld and outcome no_finding"):
            self.load(MEASURES_FILE, {"dimensions": [{"name": "outcome", "values": values}]})

    def test_a_label_may_be_both_a_measure_and_a_value(self) -> None:
        values = [{"code": "other", "words": ["complaint"]}]
        self.load(MEASURES_FILE, {"dimensions": [{"name": "complainant", "values": values}]})

    @pytest.mark.parametrize(
        "term",
        [{"kind": "noun", "words": ["x"], "synonyms": ["y"]}, {"kind": "pronoun", "words": ["x"]}, {"kind": "noun"}],
    )
    def test_a_malformed_term_is_refused(self, term: dict) -> None:
        with pytest.raises(ValidationError):
            self.load({"measures": [{"code": "complaints", "unit": "count", "terms": [term]}]})
