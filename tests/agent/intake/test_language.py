"""Sentences, words, languages and judgements, each from a table of labelled examples."""

import time
from pathlib import Path

import pytest

from agent.intake.language import Judgement, judge, judge_at, readable, split, stem, words

LABELLED = [
    line.split("\t")
    for line in Path(__file__)
    .with_name("judged_sentences.tsv")
    .read_text(encoding="utf-8")
    .strip()
    .split("\n")
]


@pytest.mark.parametrize(("label", "sentence"), LABELLED)
def test_a_sentence_says_what_its_label_says(label: str, sentence: str) -> None:
    judged = judge(sentence)
    if label == "stated":
        assert judged.stated, judged
    else:
        assert getattr(judged, label), judged
        assert not judged.stated


def test_each_label_is_well_covered() -> None:
    counts = {label: sum(row[0] == label for row in LABELLED) for label, _ in LABELLED}
    assert set(counts) == {
        "stated", "planned", "open", "negated", "required", "other_system", "vendor", "lump",
        "refuses",
    }  # fmt: skip
    assert min(counts.values()) >= 12
    assert counts["stated"] >= 90


AT = [
    # sentence, words asked about, flags that are set for them
    ("Prompts are logged, but names are not stored.", "logged", ""),
    ("Prompts are logged, but names are not stored.", "stored", "negated"),
    ("We log every prompt and do not show it to anyone.", "log", ""),
    ("We log every prompt and do not show it to anyone.", "show", "negated"),
    ("Each reply is checked; replies without a source are held back.", "checked", ""),
    ("Letters go out without human review.", "human review", "negated"),
    ("Letters go out without human review.", "Letters", ""),
    ("Prompts are logged today and an appeal route will follow.", "logged", ""),
    ("Prompts are logged today and an appeal route will follow.", "appeal", "planned"),
    ("Once live, customers can appeal by phone.", "appeal", "planned"),
    ("According to the vendor, prompts are deleted.", "deleted", "vendor"),
    ("There is no log today; one is planned for May.", "log", "negated planned"),
    ("It keeps no copy, and its files are deleted after a day.", "files deleted", ""),
    ("The tool never shares data with others without consent.", "shares data", ""),
    ("We have no desk that handles appeals.", "handles appeals", "negated"),
    ("The policy demands a log, and ours holds prompt and answer.", "holds", ""),
    ("If the customer does not agree, a clerk reviews the case.", "clerk reviews", "conditional"),
    ("The tool lacks a switch.", "switch", "negated"),
    ("The screen shows its confidence (planned for May).", "confidence", "planned"),
    ("Claims that fail (not insured, too late) get a notice.", "notice", ""),
    ("Appeal route (not yet available)", "Appeal", "negated"),
    ("In phase 2 we will do this: a clerk reads each letter.", "clerk reads", "planned"),
    ("No names, addresses or phone numbers are stored.", "phone", "negated"),
    ("Bias was tested, although the sample might be small.", "tested", ""),
]


@pytest.mark.parametrize(("sentence", "asked", "flags"), AT)
def test_a_judgement_reaches_as_far_as_its_clause(sentence: str, asked: str, flags: str) -> None:
    spans = [(sentence.index(word), sentence.index(word) + len(word)) for word in asked.split()]
    judged = judge_at(sentence, *spans)
    names = ("planned", "open", "negated", "required", "other_system", "vendor", "lump", "refuses")
    found = {name for name in (*names, "conditional") if getattr(judged, name)}
    wanted = set(flags.split())
    assert wanted <= found
    assert found - {"conditional"} <= wanted | {"refuses"}


HEADINGS = [
    (("Next steps",), "Appeal route by phone", "planned"),
    (("Roadmap",), "Customers can appeal", "planned"),
    (("Open questions",), "Appeal route", "open"),
    (("Out of scope",), "Appeal route", "negated"),
    (("Current process",), "A clerk reads each letter", "other_system"),
    (("Applicable policies",), "Customers are told", "required"),
    (("In phase 2 we will add:",), "an appeal route", "planned"),
    (("We do not offer:",), "an appeal route", "negated"),
    (("The service offers:",), "an appeal route", ""),
    (("Proposed solution",), "A clerk reads each letter", ""),
    (("Drafting letters",), "A clerk reads each letter", ""),
]


@pytest.mark.parametrize(("heading", "sentence", "flag"), HEADINGS)
def test_what_stands_above_governs_the_sentence(
    heading: tuple[str, ...], sentence: str, flag: str
) -> None:
    judged = judge(sentence, heading)
    assert getattr(judged, flag) if flag else judged.stated


def test_tense() -> None:
    assert judge("We tested it in May.").tense == "past"
    assert judge("A clerk approves each letter.").tense == "present"
    assert judge("A clerk will approve each letter.").tense == "future"
    assert judge("Appeal route: phone").tense == "none"


def test_a_judgement_is_frozen_and_equal_by_value() -> None:
    assert judge("It is logged.") == judge("It is logged.")
    with pytest.raises(AttributeError):
        Judgement().planned = True  # type: ignore[misc]


SPLITS = [
    ("We log e.g. prompts. See Art. 22 of it.", ["We log e.g. prompts.", "See Art. 22 of it."]),
    ("Version 2.1.3 costs 3.5 EUR, i.e. little.", ["Version 2.1.3 costs 3.5 EUR, i.e. little."]),
    ("Ask Dr. Smith! Is it on? Yes.", ["Ask Dr. Smith!", "Is it on?", "Yes."]),
    ("Owner: J. Smith. It ends at 5 p.m. Then we go.",
     ["Owner: J. Smith.", "It ends at 5 p.m.", "Then we go."]),
    ("It ends on 1. March in any case.", ["It ends on 1. March in any case."]),
    ("We will: log all; train staff; the rest.", ["We will: log all; train staff; the rest."]),
    ("Appeals go by phone; the desk answers.", ["Appeals go by phone;", "the desk answers."]),
    ("It logs prompts; answers; scores.", ["It logs prompts; answers; scores."]),
    ("- one thing\n- two\n* three", ["- one thing", "two", "three"]),
    ("1. First item here.", ["1. First item here."]),
    ("It is kept for 30 days. after that it goes.",
     ["It is kept for 30 days.", "after that it goes."]),
    ("A line\nthat goes on. Next.", ["A line\nthat goes on.", "Next."]),
    ("They said “stop.” We did.", ["They said “stop.”", "We did."]),
    ("これは文です。次の文です。", ["これは文です。", "次の文です。"]),
    ("See No. 5. There is no. Next one.", ["See No. 5.", "There is no.", "Next one."]),
    ("  \n ", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentences"), SPLITS)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split(text)] == sentences


READABLE = [
    "Appeal route: phone. Log retention: 30 days.",
    "- Owner: claims team\n- Bias tests: quarterly\n- Fallback: manual queue",
    "Hello", "", "12 34", "Yes.", "Chatbot",
    "The assistant helps Müller & Söhne GmbH in Zürich to answer letters from its customers.",
    "# Über uns\n\nThe assistant drafts letters. A person approves them.\n\nKunden und Berater.",
]  # fmt: skip
UNREAD = [
    "Der Assistent schlägt dem Sachbearbeiter eine Antwort vor. Die Kunden werden informiert.",
    "Le système aide les agents à répondre aux clients. Une personne décide toujours.",
    "El sistema ayuda a los agentes a responder. Una persona decide siempre.",
    "Il sistema aiuta gli operatori a rispondere ai clienti e una persona decide.",
    "System pomaga pracownikom odpowiadać klientom i każda decyzja jest sprawdzana.",
    "系统帮助客服人员回答客户问题。", "システムは回答を提案します。",
    "يساعد النظام الموظفين في الرد",
    "Система помогает сотрудникам отвечать клиентам.",
    "The pilot.\n\nDer Assistent schlägt dem Sachbearbeiter eine Antwort vor und die Kunden werden "
    "immer vorher informiert, bevor etwas geschieht.",
]  # fmt: skip


@pytest.mark.parametrize("text", READABLE)
def test_english_can_be_read(text: str) -> None:
    assert readable(text)


@pytest.mark.parametrize("text", UNREAD)
def test_other_languages_cannot(text: str) -> None:
    assert not readable(text)


SAME = [
    "log logs logged logging", "delete deletes deleted deletion", "retain retained retention",
    "explain explained explanation explanations", "notify notified notification",
    "validate validated validation", "label labels labelled labeled labelling",
    "approve approves approved approval", "secure secured security",
    "accessible accessibility", "accountable accountability",
    "anonymise anonymized anonymisation anonymization", "behaviour behavior behaviours",
    "override overrides overridden", "policy policies", "person people person's",
]  # fmt: skip
DIFFERENT = ["use user", "test text", "reason season", "bias base", "notice note", "need needle"]


@pytest.mark.parametrize("group", SAME)
def test_forms_of_a_word_share_their_stem(group: str) -> None:
    assert len({stem(word) for word in group.split()}) == 1


@pytest.mark.parametrize("group", DIFFERENT)
def test_other_words_do_not(group: str) -> None:
    assert len({stem(word) for word in group.split()}) == 2


def test_words_are_lower_case_and_hyphens_part_them() -> None:
    assert words("Opt-out: don’t ASK twice") == ["opt", "out", "don't", "ask", "twice"]


MONSTERS = ["x" * 2**20, "word " * 200_000, "." * 2**20, "a; " * 300_000, "\n" * 2**20,
            "\n- " * 300_000, ":a; the " * 100_000, "." * 10**6 + "x", "(" * 10**6,
            "no " * 300_000, "will not be, " * 80_000]  # fmt: skip


@pytest.mark.parametrize("text", MONSTERS, ids=range(len(MONSTERS)))
def test_a_mebibyte_without_sense_takes_no_time_to_speak_of(text: str) -> None:
    start = time.process_time()
    split(text)
    readable(text)
    judge(text)
    assert time.process_time() - start < 10


def test_neither_of_two_verbs_joined_by_nor_is_stated() -> None:
    said = "The tool does not automate nor does it recommend final decisions on applications."
    at = said.index("decisions")
    assert judge_at(said, (at, at + len("decisions"))).negated
