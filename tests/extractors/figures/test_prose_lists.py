"""Lists in a sentence, groups told apart and added up, and what is only meant to be."""

import pytest

from extractors.figures.drafts import Topic
from tests.extractors.figures.stating import stated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "How complaints were made: letter 29; e-mail 24; complaint form 6; in person 3.",
            [
                "complaints 29 channel=letter",
                "complaints 24 channel=e-mail",
                "complaints 6 channel=complaint form",
                "complaints 3 channel=in person",
            ],
        ),
        ("How we voted: for 9; against 2; abstained 1.", []),
        ("See the complaints leaflet: page 2, form 6.", []),
        ("Where to find us: room 2; floor 3; building 4.", []),
        (
            "The Ombudsman received 13 cases (10 in the previous year) and decided 11.",
            ["ombudsman_cases 13", "ombudsman_cases 10 in 2013/14", "ombudsman_cases 11 event=decided"],
        ),
        (
            "Stages 1, 2 and 3 attracted 103, 14 and two complaints respectively.",
            ["complaints 103 stage=1", "complaints 14 stage=2", "complaints 2 stage=3"],
        ),
        (
            "Sixty-three complaints (75%) received a reply within the timescale, an improvement on the 66% of 2013/14.",
            ["responses_on_time 63", "responses_on_time percent_of 75", "responses_on_time percent_of 66 in 2013/14"],
        ),
        (
            "The mean response time came down to 12 working days from 15.",
            ["response_time mean 12 working days", "response_time mean 15 working days in 2013/14"],
        ),
        (
            "The average response time had improved from 24 to 18 working days.",
            ["response_time mean 24 working days in 2013/14", "response_time mean 18 working days"],
        ),
        ("The team consists of 2.5 full-time equivalent staff.", ["workforce 2.5"]),
        ("Complaints are handled by 2.5 people.", []),
        ("90% of complaints will have a reply in time.", []),
        ("It remained under the 80% that was aimed at.", []),
        ("A guide to delegated authority was sent to 480 foster carers.", []),
        ("Our local indicator is 85%.", []),
        ("Councils in the region reported between 15% and 40%.", []),
        ("Contents: Introduction 2; Complaints 4; Ombudsman 7; Compliments 9", []),
        ("80 complaints were sent to Stage 1 and 5 to Stage 2.", ["complaints 80 stage=1", "complaints 5 stage=2"]),
        ("(b) Reach 80% in timescale. (c) Complete a survey of 50 complainants.", []),
        ("Payments of up to £500 can be agreed and anything above £1,000 goes to the Director.", []),
    ],
)
def test_lists_in_a_sentence_and_what_is_only_meant_to_be(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The Children in Need service received 39 complaints, Children Looked After 24 and the Access Team 11.",
            ["complaints 39 team=Children in Need", "complaints 24 team=Children Looked After",
             "complaints 11 team=Access Team"],
        ),
        (
            "The First Response Team had 22, and the Fostering Team had 17.",
            ["complaints 22 team=First Response Team", "complaints 17 team=Fostering Team"],
        ),
        (
            "Ethnicity of complainants: White British 62%, Mixed 11%, not recorded 27%.",
            ["complaints percent_of 62 ethnicity=white british", "complaints percent_of 11 ethnicity=mixed",
             "complaints percent_of 27 ethnicity=not recorded"],
        ),
        # no names: stages, months, other things counted
        (
            "Fostering received 12 complaints, Stage 1 accounting for 10 and Stage 2 for 2.",
            ["complaints 12", "complaints 10 stage=1", "complaints 2 stage=2"],
        ),
        ("The Panel heard that there were 12 Councillors, Schools 9 and Governors 4.", []),
        ("On the ward: Labour 9, Liberal 4 and Green 2 votes.", []),
    ],
)  # fmt: skip
def test_names_each_with_its_number(text: str, figures: list[str]) -> None:
    assert stated(text, topic=Topic(measure="complaints")) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The most common theme was communication, with 48 complaints.",
            ["complaints 48 category=communication"],
        ),
        (
            "The main reason for complaint was poor communication, which accounted for 26 complaints, and then the "
            "conduct of a worker, with 19.",
            ["complaints 26 category=poor communication", "complaints 19 category=conduct of a worker"],
        ),
        (
            "The most common themes were delay 22%, attitude 18% and communication 12%.",
            ["complaints percent_of 22 category=delay", "complaints percent_of 18 category=attitude",
             "complaints percent_of 12 category=communication"],
        ),
        # an outcome, a direction and a way of contact are no themes
        ("The most common outcome was not upheld, with 9.", ["complaints 9 outcome=not_upheld"]),
        ("The largest rise was in Stage 1, up 12.", ["complaints change 12 stage=1"]),
        ("The main aim was that 12 complaints be closed.", []),
        ("Councillors made 133 enquiries about the service.", ["enquiries 133 source=member"]),
    ],
)  # fmt: skip
def test_commonest_themes(text: str, figures: list[str]) -> None:
    assert stated(text, topic=Topic(measure="complaints")) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Of these, 91 complaints were statutory and 57 corporate, giving 148 in total. The total in 2013/14 was 161.",
            ["complaints 91 regime=statutory", "complaints 57 regime=corporate", "complaints 148",
             "complaints 161 in 2013/14"],
        ),
        (
            "In 2013/14 the total was 498 (statutory 371, corporate 127), so that numbers rose by 39, or 7.8%.",
            ["complaints 498 in 2013/14", "complaints 371 in 2013/14 regime=statutory",
             "complaints 127 in 2013/14 regime=corporate", "complaints change 39", "complaints percent_change 7.8"],
        ),
        (
            "We dealt with 317 complaints at Stage 1, 38 at Stage 2 and 13 at Stage 3. "
            "The corresponding figures for 2013/14 were 333, 31 and 12.",
            ["complaints 317 stage=1", "complaints 38 stage=2", "complaints 13 stage=3",
             "complaints 333 in 2013/14 stage=1", "complaints 31 in 2013/14 stage=2", "complaints 12 in 2013/14 stage=3"],
        ),
        (
            "There were 212 enquiries from Members and 176 from MPs. 94% and 91% respectively were answered on time.",
            ["enquiries 212 source=member", "enquiries 176 source=mp",
             "responses_on_time percent_of 94 source=member", "responses_on_time percent_of 91 source=mp"],
        ),
        # one group only: its total is its own; a bracket with last year's number does not close the comparison
        (
            "There were 60 Stage 1 complaints. The total in 2013/14 was 55.",
            ["complaints 60 stage=1", "complaints 55 in 2013/14 stage=1"],
        ),
        (
            "Compliments (40) compared to 33 in 2013/14.",
            ["compliments 40", "compliments 33 in 2013/14"],
        ),
        # as many numbers are needed as were counted before
        ("We had 30 complaints. The corresponding figures for 2013/14 are not known.", ["complaints 30"]),
    ],
)  # fmt: skip
def test_groups_told_apart_and_added_up(text: str, figures: list[str]) -> None:
    assert stated(text, topic=Topic(measure="complaints")) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The Ombudsman received 40 cases. He decided 37: nine were upheld.",
            ["ombudsman_cases 40", "ombudsman_cases 37 event=decided", "ombudsman_cases 9 outcome=upheld"],
        ),
        (
            "The Ombudsman referred 31 cases to us. 27 decisions were made: 8 cases were upheld.",
            ["ombudsman_cases 31", "ombudsman_cases 27 event=decided", "ombudsman_cases 8 outcome=upheld"],
        ),
        # with nothing else counted, and of complaints, it goes without saying
        ("The Ombudsman decided 12 cases.", ["ombudsman_cases 12"]),
        ("We received 40 complaints and decided 12.", ["complaints 40"]),
        ("The Ombudsman upheld 12 complaints.", ["ombudsman_cases 12 outcome=upheld"]),
    ],
)
def test_what_the_ombudsman_decided(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The policy allows 10 working days. 88% of complaints were answered within it.",
         ["responses_on_time percent_of 88"]),
        ("Ten investigations were completed, with 3 of them inside 65 working days.",
         ["complaints 10 event=completed", "responses_on_time 3 stage=2"]),
        ("81% of Stage 1 complaints had been dealt with inside the timescale.",
         ["responses_on_time percent_of 81 stage=1"]),
        ("Average (working days): 12.5", ["response_time mean 12.5 working days"]),
        ("Of 60 complaints 20 were upheld, 31 had not been upheld and 9 are continuing.",
         ["complaints 60", "complaints 20 outcome=upheld", "complaints 31 outcome=not_upheld",
          "complaints 9 event=ongoing"]),
        # what took longest, what is given, and what others have
        ("The average was 17 working days and the longest took 61.", ["response_time mean 17 working days"]),
        ("The law gives one calendar month, or three for complex requests.", []),
        ("The caseload was 14 children on average.", []),
        ("The average for the North West was 97 per 10,000.", []),
        ("Fees of £850 are paid for a standard investigation.", []),
        ("Three new assessment teams were set up.", []),
        ("By way of comparison, the Ombudsman received 1,640 complaints from the whole of England.", []),
    ],
)  # fmt: skip
def test_in_time_and_what_is_no_figure(text: str, figures: list[str]) -> None:
    assert sorted(stated(text)) == sorted(figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("58 concerns were put right informally and so were not treated as complaints.", ["initial_feedback 58"]),
        ("29 letters had come from Members of Parliament.", ["enquiries 29 source=mp"]),
        (
            "Elected representatives wrote 392 times, 214 of these letters being from MPs and 178 from councillors.",
            ["enquiries 392", "enquiries 214 source=mp", "enquiries 178 source=member"],
        ),
        # concerns that stay concerns, letters of others, and times that nobody wrote
        ("Ofsted raised 12 concerns about placements.", []),
        ("We sent 29 letters to families.", []),
        ("The panel met 12 times and 3 members were absent.", []),
    ],
)
def test_concerns_and_letters(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Communication was the commonest theme, at 28 complaints, with delay next at 17.",
            ["complaints 28 category=communication", "complaints 17 category=delay"],
        ),
        ("There were 58 compliments, most of them for the Brighter Futures Team.", ["compliments 58"]),
        (
            "Eight complaints came from young people: five from children looked after and three from care leavers.",
            ["complaints 8 complainant=child", "complaints 5 cohort=looked_after complainant=child",
             "complaints 3 cohort=care_leaver complainant=child"],
        ),
        (
            "The Ombudsman reached decisions on 6 cases. He upheld 2, did not uphold 1, closed 2 after initial enquiries.",
            ["ombudsman_cases 6", "ombudsman_cases 2 outcome=upheld", "ombudsman_cases 1 outcome=not_upheld",
             "ombudsman_cases 2 event=closed_after_enquiries"],
        ),
        (
            "There were 389 complaints, 59 more than the 330 of the year before (17.9%).",
            ["complaints 389", "complaints change 59", "complaints 330 in 2013/14", "complaints percent_change 17.9"],
        ),
        (
            "The total was 642 complaints, 14% up on the previous year's 563.",
            ["complaints 642", "complaints percent_change 14", "complaints 563 in 2013/14"],
        ),
        (
            "Payments made following complaints: £6,475 (2013/14: £4,210)",
            ["payments amount 6475", "payments amount 4210 in 2013/14"],
        ),
        # a service that is not counted, a share that is not a change, what closed and was no enquiry
        ("There were 58 compliments for the Brighter Futures Team.", ["compliments 58 team=Brighter Futures Team"]),
        ("Of 40 complaints 12 were upheld (30%).",
         ["complaints 40", "complaints 12 outcome=upheld", "complaints percent_of 30 outcome=upheld"]),
        ("Two complaints were closed after a meeting.", ["complaints 2 event=closed"]),
    ],
)  # fmt: skip
def test_parts_and_what_they_lean_on(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Thirty-eight complaints were finished and 14 of them (37%) did so inside the 65 working days allowed.",
            ["complaints 38 event=completed", "responses_on_time 14 stage=2", "responses_on_time percent_of 37 stage=2"],
        ),
        (
            "64% of Stage 1 complaints were answered on time, whereas for Stage 2 it was only four of the fourteen.",
            ["responses_on_time percent_of 64 stage=1", "responses_on_time 4 stage=2", "complaints 14 stage=2"],
        ),
        ("The standard is ten days. 91% of Members' enquiries met it.", ["responses_on_time percent_of 91 source=member"]),
        ("84% were answered within the statutory 20 working days.", ["responses_on_time percent_of 84"]),
        # what others have, what may be paid, what was asked for
        ("Our uphold rate was 69%; for county councils as a whole it was 72%.", ["complaints percent_of 69 outcome=upheld"]),
        ("An investigator is paid £32 an hour and an independent person £26.", []),
        ("A head of service can approve a payment of up to £300; anything between £301 and £900 goes higher.", []),
        ("At Stage 1 a manager has 10 working days to reply, or 20 where the issues are complicated.", []),
        ("Two in every five families speak a language other than English.", []),
        ("We had asked ourselves for 85%, and 73% is short of the 85% aimed for.", []),
        ("An interpreter was booked whenever one was asked for.", []),
        ("Reasons for complaint (one complaint can have several)", []),
        ("The 5 most common causes of complaint were discussed.", []),
        ("Write to the Ombudsman at PO Box 4771.", []),
        ("Largest payment: £1,900", []),
        ("The Council served a population of about 290,000 children.", []),
        ("The contract runs for 3 years with an option of 2 more.", []),
    ],
)  # fmt: skip
def test_in_time_again_and_what_is_no_figure(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "The Ombudsman issued seven decisions: three were upheld, two were not, and two were premature.",
            ["ombudsman_cases 7", "ombudsman_cases 3 outcome=upheld", "ombudsman_cases 2 outcome=not_upheld",
             "ombudsman_cases 2 event=premature"],
        ),
        (
            "There were 176 compliments. Of these 58 had been sent by parents.",
            ["compliments 176", "compliments 58 complainant=parent"],
        ),
        ("Numbers by locality were Gloucester 92, Stroud 67 and Dean 38.",
         ["complaints 92 team=Gloucester", "complaints 67 team=Stroud", "complaints 38 team=Dean"]),
        ("There were eight Stage 2 investigations and two panels.", ["complaints 8 stage=2", "complaints 2 stage=3"]),
        ("The time taken to answer had come down from 21 working days to 17.", []),
        ("The average time to answer had come down from 21 working days to 17.",
         ["response_time mean 21 working days in 2013/14", "response_time mean 17 working days"]),
        ("Compliments. 355 were logged; the adoption service had 62 of them.",
         ["compliments 355", "compliments 62 team=adoption service"]),
        # a committee, a service that complained of nothing, other things upheld
        ("The Panel noted 12 complaints.", ["complaints 12"]),
        ("The complaints team had 12 enquiries.", ["enquiries 12"]),
        ("Three complaints were received, two were not answered.", ["complaints 3", "complaints 2"]),
        ("A floor of 75% is to be reached by April.", []),
        ("Score the risk from 1 (low) to 5 (high).", []),
        ("The Department has some 106,000 children in its area.", []),
        ("Average caseloads had gone down to 17.3.", []),
    ],
)  # fmt: skip
def test_more_lists(text: str, figures: list[str]) -> None:
    assert stated(text, topic=Topic(measure="complaints")) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("61 complaints came by online form, 44 by email and 8 by letter.",
         ["complaints 61 channel=online form", "complaints 44 channel=email", "complaints 8 channel=letter"]),
        ("Complaints reached us by email (41), online form (29) and telephone (13).",
         ["complaints 41 channel=email", "complaints 29 channel=online form", "complaints 13 channel=telephone"]),
        ("Quality of the service came up in 33 complaints, communication in 26 and staff conduct in 17.",
         ["complaints 33 category=quality of the service", "complaints 26 category=communication",
          "complaints 17 category=staff conduct"]),
        ("The reasons for complaint had not changed: communication 34%, staff attitude 21% and disagreement 18%.",
         ["complaints percent_of 34 category=communication", "complaints percent_of 21 category=staff attitude",
          "complaints percent_of 18 category=disagreement"]),
        ("Enquiries had gone up from 162 to 187 (15.4%).",
         ["enquiries 162 in 2013/14", "enquiries 187", "enquiries percent_change 15.4"]),
        ("The other 24 had not been upheld. Two had been escalated to Stage 2.",
         ["complaints 24 outcome=not_upheld", "complaints 2 stage=2"]),
        # by whom, by when and by how much are no ways of contact; a form has a number of its own
        ("61 complaints came by the end of May.", ["complaints 61"]),
        ("12 complaints were made by parents.", ["complaints 12 complainant=parent"]),
        ("Use form 14 or telephone 29.", []),
        ("Complaints came up for debate at the meeting, 12 of them in public.", ["complaints 12"]),
    ],
)  # fmt: skip
def test_ways_of_contact_and_what_came_up(text: str, figures: list[str]) -> None:
    assert stated(text, topic=Topic(measure="complaints")) == figures


@pytest.mark.parametrize(
    "text",
    [
        "A manager may ask for 10 more.",
        "Care leavers over 18 are told in writing.",
        "Six months is long in the life of a child of five.",
        "The Manager meets the investigator on day 20.",
        "We shall try to reply to 90% of complaints in time.",
        "Apologies were received from one parent governor representative.",
        "It took 9 days, inside the limit of 10.",
    ],
)
def test_other_things_counted(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Complaints came to 163 (2013/14 - 149).", ["complaints 163", "complaints 149 in 2013/14"]),
        ("A Stage 1 reply took 17.3 working days.", ["response_time mean 17.3 working days stage=1"]),
        ("41 complaints were upheld wholly or in part and 5 had not been concluded.",
         ["complaints 41 outcome=upheld_or_partly", "complaints 5 event=ongoing"]),
        ("MPs had written on 206 occasions.", ["enquiries 206 source=mp"]),
        # one reply, what others have, occasions that nobody wrote on
        ("The reply took 61 working days to write.", []),
        ("Attendance was 89.4%, against 91.7% nationally.", []),
        ("The limit is 10, or 20 where a case is complex.", []),
    ],
)  # fmt: skip
def test_replies_occasions_and_limits(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Delay was what people most often complained about, at 27% (12).",
         ["complaints percent_of 27 category=delay", "complaints 12 category=delay"]),
        ("Five complaints went to Stage 2 in the period (3 in the previous year).",
         ["complaints 5 stage=2", "complaints 3 in 2013/14 stage=2"]),
        ("It should be seen against 5,825 referrals to the service.", ["referrals 5825"]),
        ("The figure for complaints settled informally was 38.", ["initial_feedback 38"]),
        # a survey, members of a panel, a legend
        ("A survey of 88 complainants is planned.", []),
        ("The panel has three independent members, and the Director replies.", []),
        ("The sign stands for any number from 1 to 4.", []),
    ],
)  # fmt: skip
def test_what_people_complained_about(text: str, figures: list[str]) -> None:
    assert stated(text, topic=Topic(measure="complaints")) == figures


def test_worries_that_never_became_complaints() -> None:
    assert stated("A further 129 worries were put right within 24 hours and never became complaints.") == [
        "initial_feedback 129"
    ]
    assert stated("129 worries about money were raised with the Council.") == []
