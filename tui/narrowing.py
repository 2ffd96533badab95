"""The filters of `concord search`: which entries count at all, and what each filter took away."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from agent.errors import SettingsError
from agent.intake.values import FactSettings, known_values, meaning
from knowledge.entries import KINDS, Capability, Entry
from knowledge.reading import Knowledge
from knowledge.vocabulary import LIFE_STAGES, EntryKind, canonical

UNSTATED: Final = "unstated"
"""The status of an entry whose file states none."""


class Filter(NamedTuple):
    """An entry fits when one of the values is its own."""

    name: str
    values: tuple[str, ...]
    fits: Callable[[Entry], bool]


class Narrowed(NamedTuple):
    """What the filters leave of some entries."""

    entries: tuple[Entry, ...]
    there: int
    """Entries before any filter."""
    removed: dict[str, int]
    """Filter → entries that it took away of those that the filters before it had left."""


def chosen_kinds(given: Sequence[str]) -> tuple[EntryKind, ...]:
    """The kinds asked for, in the order they are shown; `goals` means `goal`."""
    wanted = {word.strip().casefold().removesuffix("s") for word in given}
    wanted = {{"capabilitie": "capability", "policie": "policy"}.get(w, w) for w in wanted}
    for word in sorted(wanted - {*KINDS, "all"}):
        raise SettingsError(_unknown("--kind", word, (*KINDS, "all")))
    return KINDS if "all" in wanted else tuple(kind for kind in KINDS if kind in wanted)


def filters_of(
    knowledge: Knowledge,
    facts: FactSettings,
    status: Sequence[str],
    team: Sequence[str],
    audience: Sequence[str],
) -> list[Filter]:
    """The filters that were given; SettingsError names a value that no entry could ever have."""
    found = []
    if status:
        stages = tuple(dict.fromkeys(_stage(word, facts) for word in status))
        found.append(Filter("status", stages, lambda entry: status_of(entry) in stages))
    if team:
        teams = tuple(canonical(word) for word in team)
        found.append(Filter("team", tuple(team), lambda entry: _of_a_team(entry, teams)))
    if audience:
        people = _people(audience, facts, knowledge)
        found.append(Filter("audience", people, lambda entry: _serves(entry, people, facts)))
    return found


def narrow(entries: Sequence[Entry], filters: Sequence[Filter]) -> Narrowed:
    """One filter after the other."""
    left, removed = tuple(entries), {}
    for filter_ in filters:
        kept = tuple(entry for entry in left if filter_.fits(entry))
        removed[filter_.name] = len(left) - len(kept)
        left = kept
    return Narrowed(left, len(entries), removed)


def emptied(narrowed: Narrowed, filters: Sequence[Filter], knowledge: Knowledge) -> str:
    """The sentence for filters that leave nothing: how many there were, and who took them."""
    left, steps = narrowed.there, []
    for filter_ in filters:
        left -= narrowed.removed[filter_.name]
        steps.append(f"--{filter_.name} {' or '.join(filter_.values)} leaves {left}")
        if not left:
            break
    said = f"of {narrowed.there} entries {', '.join(steps)}"
    if filter_.name == "team":
        near = _near(" ".join(filter_.values), _teams(knowledge))
        said += f"; teams are named like {near}" if near else ""
    return said


def status_of(entry: Entry) -> str:
    """The status that an entry states; `unstated`; empty for a kind that has none."""
    return (getattr(entry, "status", None) or UNSTATED) if hasattr(entry, "status") else ""


def team_of(entry: Entry) -> str:
    return entry.team if isinstance(entry, Capability) else ""


def _stage(word: str, facts: FactSettings) -> str:
    stage = UNSTATED if canonical(word) == UNSTATED else meaning("stage", word, facts)
    if canonical(word) == "draft":
        raise SettingsError(
            "--status draft: drafts count for nothing and are not searched; concord knowledge list"
        )
    if stage not in (*LIFE_STAGES, UNSTATED):
        raise SettingsError(_unknown("--status", word, (*LIFE_STAGES, UNSTATED)))
    return stage


def _people(written: Sequence[str], facts: FactSettings, knowledge: Knowledge) -> tuple[str, ...]:
    """Groups of the vocabulary, or words that entries use all the same."""
    used: set[str] = set()
    found = []
    for word in written:
        group = meaning("audience", word, facts)
        if group is None:
            used = used or {
                canonical(value) for entry in knowledge.of(Capability) for value in entry.audience
            }
            group = canonical(word)
            if group not in used:
                known = (*known_values("audience", facts), *sorted(used))
                raise SettingsError(_unknown("--audience", word, tuple(dict.fromkeys(known))))
        found.append(group)
    return tuple(dict.fromkeys(found))


def _serves(entry: Entry, people: Sequence[str], facts: FactSettings) -> bool:
    return isinstance(entry, Capability) and any(
        (meaning("audience", value, facts) or canonical(value)) in people
        for value in entry.audience
    )


def _of_a_team(entry: Entry, teams: Sequence[str]) -> bool:
    """`claims` fits `Motor Claims`: whole words, in their order."""
    own = f"_{canonical(team_of(entry))}_"
    return any(f"_{team}_" in own for team in teams)


def _teams(knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(sorted({entry.team for entry in knowledge.of(Capability)} - {""}))


def _unknown(option: str, word: str, known: Sequence[str]) -> str:
    near = _near(canonical(word), known)
    meant = f"did you mean {near}? " if near else ""
    return f"{option} {word}: {meant}there are {', '.join(known)}"


def _near(word: str, known: Sequence[str]) -> str:
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), list(folded), 3, 0.6)
    return " or ".join(folded[name] for name in found)
