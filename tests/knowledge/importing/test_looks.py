"""Headings by the size and weight of their letters."""

from knowledge.importing.looks import Fragment, Look, levels, looks_of

TEXT = Look(10, False)


def test_a_line_looks_like_most_of_its_letters() -> None:
    fragments = [
        Fragment("1 ", 9, False),
        Fragment("Scope\nIt is ", 14.1, True),
        Fragment("all that stands here", 10.1, False),
    ]
    assert looks_of(fragments) == (Look(14, True), Look(10, False))
    assert looks_of([]) == (Look(0, False),)


def test_larger_comes_before_bold_and_both_before_text() -> None:
    texts = ["Title", "Part", "Bold", "text " * 30, "A bold sentence that ends."]
    looks = [Look(18, True), Look(14, False), Look(10, True), TEXT, Look(10, True)]
    assert levels([(texts, looks)]) == [[1, 2, 3, 0, 0]]


def test_nothing_is_told_where_much_would_be_a_heading_or_looks_are_missing() -> None:
    texts = ["large words here", "text"]
    assert levels([(["text " * 9, *texts], [TEXT, Look(14, False), TEXT])]) == [[0, 1, 0]]
    assert levels([(["text " * 2, *texts], [TEXT, Look(14, False), TEXT])]) == [[0, 0, 0]]
    assert levels([(texts, [TEXT])]) == [[0, 0]]
