import pytest

from extractors.identity import identify
from schemas.documents import Identity


def of(text: str, **known: str) -> Identity:
    given = {"file_name": "a.txt", "folder": "", "source_url": "", "title": "", **known}
    return identify(**given, head_text=text[:3000], full_text=text)


MINUTES = "Agenda item\n\nComplaints Annual Report\n\nMinutes:\n\nThe Committee considered the report.\n\nRESOLVED to note it.\n"
REPORT = "Contents\n\n1. Introduction\n\nThis report sets out what we did with the complaints that we received.\n"


@pytest.mark.parametrize(
    ("text", "known", "code", "reason"),
    [
        (REPORT, {"title": "Annual Report 2014-15"}, "2014/15", 'title says "2014-15"'),
        ("Annual Report 2014-15\n" + REPORT, {}, "2014/15", 'title says "2014-15"'),
        (REPORT + "It is for the period 1 April 2014 to 31 March 2015.", {}, "2014/15", 'text says "1 April 2014 to 31 March 2015"'),
        (REPORT, {"file_name": "bexley_2021-22_report.txt"}, "2021/22", "file name bexley_2021-22_report.txt"),
        (REPORT, {"folder": "reports/2021-22"}, "2021/22", "folder reports/2021-22"),
        ("Appendix 3 - 2019/20 - Complaints\nVolume - April - September 2019/20 vs 2018/19:\n", {}, "2019/20 H1", 'title says "April - September 2019/20"'),
        ("Complaints Report: Quarter 3\n" + MINUTES, {"file_name": "x_2019-20.txt"}, "2019/20 Q3", 'title says "Quarter 3"'),
        (REPORT + "It covers Quarter 4 too. Complaints in 2018/19 were 12.", {}, "2018/19", 'opening says "2018/19"'),
        (MINUTES + "Meeting of the Committee on 22 January 2019.", {}, "2017/18", "no period is stated; the financial year before meeting on 22 January 2019"),
        ("Agenda\nTuesday 4 September 2018\n1 Complaints 2017/18\n", {}, "2018/19", "agenda or work programme of a meeting on 04 September 2018"),
        ("Inspection date: 14 January – 4 February 2015\nReport published: 20 March 2015\n", {}, "2015-02-04", 'last day of the inspection: "Inspection date: 14 January – 4 February 2015"'),
    ],
)  # fmt: skip
def test_period_and_its_reason(text: str, known: dict[str, str], code: str, reason: str) -> None:
    identity = of(text, **known)
    assert identity.period is not None
    assert (identity.period.code, identity.period_reason) == (code, reason)


@pytest.mark.parametrize(
    "later",
    [
        "The largest rise was among girls in 2016/17 (88%).",
        "The next report comes to the meeting on 22 January 2019.",
        "It will be revised in 2016/17. It will be printed in 2016/17.",
    ],
)
def test_a_later_year_in_the_text_does_not_win(later: str) -> None:
    identity = of("Complaints Annual Report 2015/16\n" + MINUTES + later)
    assert identity.period is not None
    assert identity.period.code == "2015/16"


def test_the_year_compared_with_is_not_the_year_covered() -> None:
    identity = of(
        REPORT
        + "83 complaints, a decrease from 98 in 2013-14. In 2014-15 most came from parents. Compared with 2013-14 few."
    )
    assert identity.period is not None
    assert identity.period.code == "2014/15"


def test_no_period_at_all() -> None:
    identity = of(REPORT)
    assert (identity.period, identity.period_reason) == (None, "no period is stated and nothing is dated")


@pytest.mark.parametrize(
    ("text", "known", "name", "code"),
    [
        ("London Borough of Hounslow\n\nAnnual Report\n", {}, "London Borough of Hounslow", "E09000018"),
        (REPORT, {"file_name": "bathnes_2018-19_minutes.txt"}, "Bath and North East Somerset Council", "E06000022"),
        (REPORT, {"file_name": "brighton-and-hove_22-june-2015.pdf"}, "Brighton and Hove City Council", "E06000043"),
        (REPORT, {"folder": "archive/Gateshead"}, "Gateshead Council", "E08000037"),
        (REPORT, {"source_url": "https://democracy.kirklees.gov.uk/mg.aspx?ID=1"}, "Kirklees Council", "E08000034"),
        (REPORT + "Ask Coventry Direct. Write to Coventry Direct.", {}, "Coventry City Council", "E08000026"),
        (REPORT + "Complaints to Kirklees Children's Social Care rose.", {}, "Kirklees Council", "E08000034"),
        (REPORT + "Dacorum Borough Council and others were asked. Kent County Council. Kent County Council.", {"title": "Kent County Council"}, "Kent County Council", "E10000016"),
    ],
)  # fmt: skip
def test_authority(text: str, known: dict[str, str], name: str, code: str) -> None:
    identity = of(text, **known)
    assert (identity.authority, identity.authority_code) == (name, code)
    assert identity.authority_reason


@pytest.mark.parametrize(
    "text",
    [REPORT, REPORT + "Send it to Shire Hall, Cambridge CB3 0AP.", REPORT + 700 * "x" + " Of all, Durham came second."],
)
def test_authority_that_cannot_be_told(text: str) -> None:
    identity = of(text)
    assert (identity.authority, identity.authority_code) == (None, None)
    assert identity.authority_reason


def test_a_former_council_is_the_one_of_the_period() -> None:
    identity = of(REPORT, file_name="dorset_2015-16_report.txt")
    assert identity.authority == "Dorset County Council"


def test_overrides_win() -> None:
    identity = identify(
        file_name="bexley_2021-22_report.txt", folder="", source_url="", title="", head_text=REPORT, full_text=REPORT,
        authority="LB Harrow", period="2019/20 H1",
    )  # fmt: skip
    assert (identity.authority, identity.authority_code, identity.authority_reason) == (
        "London Borough of Harrow", "E09000015", "given by --authority",
    )  # fmt: skip
    assert identity.period is not None
    assert (identity.period.code, identity.period_reason) == ("2019/20 H1", "given by --period")


def test_an_override_that_the_register_does_not_know_is_kept() -> None:
    identity = identify(
        file_name="", folder="", source_url="", title="", head_text="", full_text="", authority="Atlantis Trust"
    )
    assert (identity.authority, identity.authority_code) == ("Atlantis Trust", None)


@pytest.mark.parametrize(
    ("text", "known", "kind"),
    [
        (MINUTES, {}, "minutes"),
        (REPORT, {}, "annual_report"),
        ("A page of text.", {"file_name": "kent_minutes.txt"}, "minutes"),
        ("Appendix A\nComplaints", {}, "annual_report"),
        ("", {}, "annual_report"),
    ],
)
def test_type(text: str, known: dict[str, str], kind: str) -> None:
    assert of(text, **known).type == kind


def test_service_as_printed() -> None:
    assert of("Children's Social Care Services: complaints\n" + REPORT).service == "Children's Social Care Services"
    assert of(REPORT).service == ""
