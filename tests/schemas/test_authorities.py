from datetime import date

import pytest

from schemas.authorities import load_authorities

REGISTER = load_authorities()


@pytest.mark.parametrize(
    ("name", "official", "code"),
    [
        ("London Borough of Harrow", "London Borough of Harrow", "E09000015"),
        ("Harrow Council", "London Borough of Harrow", "E09000015"),
        ("LB Harrow", "London Borough of Harrow", "E09000015"),
        ("HARROW", "London Borough of Harrow", "E09000015"),
        ("City of Bradford MDC", "City of Bradford Metropolitan District Council", "E08000032"),
        ("Bradford Council", "City of Bradford Metropolitan District Council", "E08000032"),
        ("Bath & North East Somerset", "Bath and North East Somerset Council", "E06000022"),
        ("BANES", "Bath and North East Somerset Council", "E06000022"),
        ("bathnes", "Bath and North East Somerset Council", "E06000022"),
        ("Bury MBC", "Bury Council", "E08000002"),
        ("Gateshead Metropolitan Borough Council", "Gateshead Council", "E08000037"),
        ("Durham", "Durham County Council", "E06000047"),
        ("Bedford", "Bedford Borough Council", "E06000055"),
        ("Derby", "Derby City Council", "E06000015"),
        ("Derbyshire", "Derbyshire County Council", "E10000007"),
        ("Leicester", "Leicester City Council", "E06000016"),
        ("Leicestershire", "Leicestershire County Council", "E10000018"),
        ("Bedfordshire County Council", "Bedfordshire County Council", ""),
    ],
)
def test_names_and_aliases(name: str, official: str, code: str) -> None:
    found = REGISTER.by_name(name)
    assert found is not None
    assert (found.name, found.code) == (official, code)


@pytest.mark.parametrize("name", ["", "Atlantis Council", "Council", "city of", "county"])
def test_unknown_names(name: str) -> None:
    assert REGISTER.by_name(name) is None


@pytest.mark.parametrize(
    ("on", "official"),
    [(date(2018, 3, 31), "Dorset County Council"), (date(2020, 3, 31), "Dorset Council"), (None, "Dorset Council")],
)
def test_a_shared_name_is_the_council_of_the_time(on: date | None, official: str) -> None:
    found = REGISTER.by_name("Dorset", on)
    assert found is not None
    assert found.name == official


def test_codes_present_and_former() -> None:
    for code in ("E08000037", "E08000020"):
        found = REGISTER.by_code(code)
        assert found is not None
        assert found.name == "Gateshead Council"
    assert REGISTER.by_code("") is None


def test_web_names() -> None:
    found = REGISTER.by_web_name("eastsussex")
    assert found is not None
    assert found.name == "East Sussex County Council"
    assert REGISTER.by_web_name("gov") is None


@pytest.mark.parametrize(
    ("text", "words", "official", "strong"),
    [
        ("the Kent County Council's report", "Kent County Council", "Kent County Council", True),
        (
            "BATH AND NORTH EAST\nSOMERSET COUNCIL",
            "BATH AND NORTH EAST\nSOMERSET COUNCIL",
            "Bath and North East Somerset Council",
            True,
        ),
        ("Harrow’s complaints", "Harrow", "London Borough of Harrow", False),
        (
            "King's Lynn and West Norfolk",
            "King's Lynn and West Norfolk",
            "Borough Council of Kings Lynn and West Norfolk",
            False,
        ),
        ("for Kirklees Children's Social Care", "Kirklees", "Kirklees Council", False),
        ("London Borough of Hackney", "London Borough of Hackney", "London Borough of Hackney", True),
        ("at North Lincolnshire Council", "North Lincolnshire Council", "North Lincolnshire Council", True),
        ("in Bristol, City of", "Bristol, City of", "Bristol City Council", False),
    ],
)
def test_mentions(text: str, words: str, official: str, strong: bool) -> None:
    (mention,) = REGISTER.find_in(text)
    assert text[mention.start : mention.end] == words
    assert (mention.authority.name, mention.strong) == (official, strong)


def test_a_place_in_an_address_is_marked() -> None:
    (mention,) = REGISTER.find_in("Shire Hall, Cambridge CB3 0AP")
    assert mention.address


@pytest.mark.parametrize(
    "text",
    [
        "He was reading a letter.",
        "Reading through the complaints, three themes stood out.",
        "They had to bury the matter.",
        "the City Council's procedure",
        "other councils in the North East",
        "set down in law",
    ],
)
def test_ordinary_words_are_no_councils(text: str) -> None:
    assert REGISTER.find_in(text) == ()


def test_the_register_is_sound() -> None:
    keys = {a.key for a in REGISTER.authorities}
    assert len(keys) == len(REGISTER.authorities)
    assert all(set(a.successors) <= keys for a in REGISTER.authorities)
    codes = [a.code for a in REGISTER.authorities if a.code]
    assert len(codes) == len(set(codes))
    assert all(a.start is None or a.end is None or a.start <= a.end for a in REGISTER.authorities)
    assert all(REGISTER.by_name(a.name, a.end) is a for a in REGISTER.authorities)
