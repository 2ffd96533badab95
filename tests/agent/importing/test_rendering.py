"""A draft as a file: whatever a document says comes back as it was meant."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.importing.compared import is_edited
from agent.importing.rendering import digest, entry_text, policy_text, requirement_lines
from knowledge.entries import Document, Requirement, Source
from knowledge.frontmatter import parse
from knowledge.importing.blocks import tidy
from knowledge.text import clean

TEXTS = st.text(max_size=220).map(tidy).filter(bool)
HOSTILE = [
    'key: "value" # no comment',
    "- a list: [1, {x}] &anchor *alias !!tag",
    "--- yes",
    "'single' \\ back \"double\" %directive @at `tick`",
    "no",
    "ﬁne " + "a very long sentence, with: colons and # marks " * 6,
]


def back(values: dict[str, str], document: Document) -> tuple[dict[str, object], str]:
    rows = requirement_lines("R-1", values, document)
    text = policy_text("P", values["title"], Document(file="a.pdf"), [rows])
    assert clean(text).text == text
    matter = parse(text)
    (item,) = matter.values["requirements"]
    first, last = matter.spans["requirements.0"]
    return item, "\n".join(text.split("\n")[first - 1 : last])


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_any_text_comes_back(title: str, text: str) -> None:
    item, _ = back({"title": title, "text": text}, Document(section=title, quote=text))
    source = item["source"]
    assert isinstance(source, dict)
    assert (item["title"], item["text"]) == (title, text)
    assert (source["section"], source["quote"]) == (title, text)


def test_hostile_text_comes_back() -> None:
    for text in map(tidy, HOSTILE):
        item, _ = back({"title": text, "text": text}, Document(quote=text))
        assert (item["title"], item["text"]) == (text, text)


def test_what_nobody_edited_is_known_by_its_lines() -> None:
    item, lines = back({"title": "T", "text": "It must log."}, Document(quote="It must log."))
    written = item["source"]["written"]  # type: ignore[index]
    assert digest(lines.split("\n")) == written
    source = Source(path="p.md", sha256="", line=1, text=lines)
    entry = Requirement(
        id="R-1", title="T", text="x", policy="P", source=source, document=Document(written=written)
    )
    assert not is_edited(entry)
    changed = source.model_copy(update={"text": lines.replace("log", "keep a log")})
    assert is_edited(entry.model_copy(update={"source": changed}))


def test_a_file_of_its_own() -> None:
    values = {"title": "T", "data": ["personal", "none: x"], "behaviours": {"retention": "a day"}}
    text = entry_text("C-1", values, "# T\n\nIt sorts.", Document(file="a.csv", section="row 2"))
    matter = parse(text)
    assert matter.values["data"] == ["personal", "none: x"]
    assert matter.values["behaviours"] == {"retention": "a day"}
    assert matter.values["status"] == "draft"
    assert text[matter.body :] == "# T\n\nIt sorts.\n"
    assert digest(text.split("\n")) == matter.values["source"]["written"]
