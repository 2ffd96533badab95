"""What is being typed: the newest text of a place is written, none is forgotten."""

import threading

from agent.errors import RecordError
from tui.desk.keeping import Place, Scribe

HERE: Place = ("letters", 1, "note")
THERE: Place = ("letters", 1, "ask")


def test_the_newest_text_of_each_place_stays() -> None:
    written: dict[Place, str | None] = {}
    scribe = Scribe(written.__setitem__)
    for n in range(200):
        scribe.keep(HERE, f"text {n}")
    scribe.keep(THERE, "other")
    assert scribe.close()
    assert written == {HERE: "text 199", THERE: "other"}


def test_typing_does_not_wait_for_the_record() -> None:
    begun, go_on = threading.Event(), threading.Event()
    written: list[str | None] = []

    def write(_: Place, text: str | None) -> None:
        begun.set()
        assert go_on.wait(10)
        written.append(text)

    scribe = Scribe(write)
    scribe.keep(HERE, "a")
    assert begun.wait(10)
    for text in ("ab", "abc"):
        scribe.keep(HERE, text)
    assert not scribe.flush(0)
    go_on.set()
    assert scribe.flush(10)
    assert written == ["a", "abc"]
    scribe.close()


def test_dropping_comes_after_what_was_kept_before() -> None:
    written: list[str | None] = []
    scribe = Scribe(lambda _, text: written.append(text))
    scribe.keep(HERE, "a")
    scribe.drop(HERE)
    assert scribe.close()
    assert written[-1] is None


def test_what_the_record_refuses_is_tried_again_and_said() -> None:
    written: list[str | None] = []
    said: list[str] = []

    def write(_: Place, text: str | None) -> None:
        if not said:
            raise RecordError("the disk is full")
        written.append(text)

    scribe = Scribe(write, said.append)
    scribe.keep(HERE, "a")
    assert scribe.close(10)
    assert written == ["a"]
    assert said == ["not saved yet, trying again: the disk is full"]


def test_nothing_typed_starts_no_thread() -> None:
    before = threading.active_count()
    scribe = Scribe(lambda _, __: None)
    assert threading.active_count() == before
    assert scribe.close()
    scribe.keep(HERE, "too late")
    assert threading.active_count() == before
