"""Measures as teams write of them: which title stands for one, and what other offices get of it."""

import pytest

from agent.intake.proposal import parse
from agent.readers.rules import trust
from agent.readers.rules.cues import compile_cue
from agent.readers.rules.index import Index
from agent.readers.rules.practices import practice_of
from agent.schema.assessment import Assessment, Claim, RequirementReading
from agent.schema.evidence import Applicable, Evidence
from knowledge.entries import Requirement, Source

TITLES = [
    ("Testing before release", True),
    ("Tests", True),
    ("Bias testing", True),
    ("Fairness check", True),
    ("User training", True),
    ("AI literacy of staff", True),
    ("Log of decisions", True),
    ("Access rights", True),
    ("Penetration testing", False),
    ("No training on our data", False),
    ("Access to buildings", False),
    ("Travel costs", False),
]


@pytest.mark.parametrize(("title", "known"), TITLES)
def test_a_title_stands_for_a_measure_when_each_of_its_words_fits(title: str, known: bool) -> None:
    assert (practice_of(title) is not None) == known


def assessed(
    text: str, title: str, about: str = "", cues: tuple[str, ...] = (), beside: tuple[str, ...] = ()
) -> Assessment:
    requirement = Requirement(
        id="OWN-1",
        title=title,
        policy="OWN",
        text=about,
        look_for=cues,
        source=Source(path="p.md", sha256="", line=1, text=""),
    )
    evidence = Evidence(
        knowledge="k",
        facts={},
        requirements=(requirement,),
        patterns=(),
        applicable={"OWN-1": Applicable(id="OWN-1", applies="yes", because="always")},
        goals=(),
        capabilities=(),
        assets=(),
        neighbours=beside,
    )
    return trust.read(parse(text.encode(), "x.md"), evidence)


def reading(
    text: str, title: str, about: str = "", cues: tuple[str, ...] = (), beside: tuple[str, ...] = ()
) -> RequirementReading:
    return assessed(text, title, about, cues, beside).requirements[0]


def claim(text: str, title: str, about: str) -> Claim:
    return assessed(text, title, about).claims[0]


LONG = "The team shall verify by suitable trials that the system performs as intended."
TRIED = "## Numbers so far\n\nOf 240 old letters 93% were sorted right; we had asked for 90%."


@pytest.mark.parametrize("cues", [(), ("The system is tested by the team on real cases.",)])
def test_an_office_without_cues_or_with_a_sentence_gets_the_practice(cues: tuple[str, ...]) -> None:
    assert reading(TRIED, "Evaluation", LONG, cues).status == "in_place"
    planned = TRIED.replace("were sorted", "will be sorted")
    assert reading(planned, "Evaluation", LONG, cues).status == "planned"
    assert reading("Letters are sorted by topic.", "Evaluation", LONG, cues).status == "absent"


def test_a_measure_outside_the_field_rests_on_the_offices_own_words() -> None:
    title, about = "Parking permits", "Drivers hold a parking permit for the yard."
    assert reading(TRIED, title, about).status == "absent"
    stated = reading("Each driver holds a parking permit for the yard.", title, about)
    assert stated.status == "in_place"


def test_a_figure_below_the_heading_of_a_wish_is_no_result() -> None:
    wish = "95% of letters sorted right; the target of the board is 97%."
    assert reading(f"## What we hope for\n\n{wish}", "Evaluation").status == "absent"
    assert reading(f"## Trial\n\n{wish}", "Evaluation").status == "in_place"


def test_another_system_of_the_house_proves_nothing_here() -> None:
    text = "For claims triage we compare error rates by gender and region twice a year."
    assert reading(text, "Bias testing").status == "in_place"
    assert reading(text, "Bias testing", beside=("claim triag",)).status == "absent"
    ours = f"{text[:-1]}, and here too."
    assert reading(ours, "Bias testing", beside=("claim triag",)).status == "in_place"


def test_two_sentences_are_read_together_only_when_the_first_is_stated() -> None:
    second = "It excludes training on our texts and gives 30 days' notice of a new version."
    signed = f"The agreement with Lumo was signed in June. {second}"
    assert reading(signed, "Supplier terms").status == "in_place"
    hoped = f"The agreement with Lumo will be signed in June. {second}"
    assert reading(hoped, "Supplier terms").status != "in_place"
    apart = f"The agreement with Lumo was signed in June.\n\n## Other\n\n{second}"
    assert (
        reading(apart, "Supplier terms", beside=()).quotes
        != reading(signed, "Supplier terms").quotes
    )


def test_a_date_is_a_sunset_and_a_date_to_be_set_is_a_plan() -> None:
    assert reading("To be reviewed by 31 March 2028, else it ends.", "Sunset").status == "in_place"
    later = "A sunset date will be set by the board in June 2027."
    assert reading(later, "Sunset review").status == "planned"


def test_a_practice_never_shows_that_something_is_denied() -> None:
    text = "## Tests\n\nNo letters of 2021 were compared, since 93% of them are lost."
    assert reading(text, "Testing before release").status != "in_place"


@pytest.mark.parametrize(
    ("cue", "sentence", "matches"),
    [
        ("# days", "It takes 12 days.", True),
        ("# days", "It takes twelve days.", True),
        ("# days", "It takes days.", False),
        ("% correct", "96.5 % were correct.", True),
        ("% correct", "Nine out of ten were correct.", True),
        ("% correct", "96 were correct.", False),
    ],
)
def test_cues_may_ask_for_a_figure(cue: str, sentence: str, matches: bool) -> None:
    index = Index()
    index.add(sentence)
    assert bool(index.find(compile_cue(cue))) == matches


def test_a_near_miss_shares_two_words_or_one_of_the_field() -> None:
    near = reading("Security read a prompt.", "Security of prompts, uploads and attachments")
    assert any("prompt, security" in look.why for look in near.searched)
    of_the_field = reading("The appeal of the new look is strong.", "Appeal before a board")
    assert any("appeal" in look.why for look in of_the_field.searched)
    banal = reading("The guards do the rounds; security is at the gate.", "Security of prompts")
    assert [look.why for look in banal.searched] == ["1 sentence read; it does not speak of it"]
    far = reading("We do offer and get many letters; handlers said so.", "Security of prompts")
    assert [look.why for look in far.searched] == ["1 sentence read; it does not speak of it"]


def test_where_nothing_is_near_the_trail_names_the_section_it_belongs_to() -> None:
    text = "# Letters\n\nWe sort letters.\n\n## Data\n\nLetters come by post.\n"
    assert reading(text, "Access rights").searched[0].text == "## Data"
    assert reading(text, "Bias testing").searched[0].text == "# Letters"


def test_a_bare_answer_is_quoted_with_its_question_and_no_quote_ends_inside_a_word() -> None:
    asked = "- Is there an appeal route? Yes\n"
    quotes = reading(asked, "Appeal route", cues=("appeal route",)).quotes
    assert [quote.text for quote in quotes] == ["Is there an appeal route? Yes"]
    long = "Customers can appeal to the desk " + "by telephone or by letter " * 40 + "."
    [quote] = reading(long, "Appeal route", cues=("appeal route",)).quotes
    assert len(quote.text) <= 600
    assert long[len(quote.text)].isspace()


def test_a_requirement_copied_as_a_question_gets_a_short_title_and_an_ask_that_answers() -> None:
    title = (
        "Is there a recourse process established for clients to challenge the decision of the "
        "system in each of the provinces and territories?"
    )
    found = claim("We sort letters by post.", title, title + " " + "Describe it at length. " * 30)
    assert len(found.title) <= 100
    assert found.title.endswith(" …: not stated")
    assert found.ask.startswith("Answer in the proposal: “Is there a recourse process")
    assert len(found.ask) <= 300
