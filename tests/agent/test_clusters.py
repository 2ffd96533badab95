"""How pairs become clusters: round a centre, never along a chain."""

from agent.clusters import handed_in, stars
from agent.schema.evidence import Pending


def edges(*pairs: tuple[str, str, float]) -> dict[str, dict[str, float]]:
    near: dict[str, dict[str, float]] = {}
    for one, other, chance in pairs:
        near.setdefault(one, {})[other] = chance
        near.setdefault(other, {})[one] = chance
    return near


def test_two_alike_are_a_pair_and_no_cluster() -> None:
    assert stars(edges(("a", "b", 0.9))) == []


def test_the_centre_is_like_the_most_others() -> None:
    (star,) = stars(edges(("a", "c", 0.6), ("b", "c", 0.6), ("d", "c", 0.6), ("a", "b", 0.99)))
    assert (star.centre, star.members) == ("c", ("a", "b", "c", "d"))


def test_among_equals_the_surer_one_then_the_first_by_id() -> None:
    whole = edges(("a", "b", 0.6), ("b", "c", 0.8), ("a", "c", 0.7))
    assert stars(whole)[0].centre == "c"
    even = edges(("a", "b", 0.7), ("b", "c", 0.7), ("a", "c", 0.7))
    assert stars(even)[0].centre == "a"


def test_a_chain_is_cut() -> None:
    chain = edges(*((f"n{n}", f"n{n + 1}", 0.7) for n in range(7)))
    assert all(len(star.members) == 3 for star in stars(chain))
    members = [name for star in stars(chain) for name in star.members]
    assert len(members) == len(set(members))


def waiting(name: str, submitted: str) -> Pending:
    return Pending(initiative=name, title=name, sha256="1", path="p", text="t", submitted=submitted)


def test_nobody_was_first_on_the_same_day() -> None:
    one, other, late = (
        waiting(n, day) for n, day in (("a", "2026-03-02"), ("b", "2026-03-02"), ("c", ""))
    )
    assert handed_in(one, [other]) == "first by name; handed in on the same day, 2026-03-02"
    assert handed_in(one, [late]) == "handed in first, on 2026-03-02"
    assert handed_in(late, [waiting("d", "")]) == "first by name; none was handed in yet"
