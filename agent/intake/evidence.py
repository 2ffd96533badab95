"""Gather what the readers may look at: what applies, what is near, what is named.

Owns the choice of evidence; claims nothing. Knowledge and search are given; nothing is written.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from agent.intake import near as near_by
from agent.intake.applicability import NO_SETTINGS, applies
from agent.intake.names import Names
from agent.intake.neighbours import Pair, neighbours, title_pairs
from agent.intake.query import search_text
from agent.intake.reviews import last_reviews, with_end
from agent.intake.siblings import siblings, to_read
from agent.intake.values import FactSettings
from agent.schema.base import digest
from agent.schema.evidence import Applicable, Candidate, Evidence, LastReview, Mention, Pending
from agent.schema.proposal import Fact, Proposal
from knowledge.entries import (
    Applicability,
    Asset,
    Capability,
    Goal,
    Pattern,
    Precedent,
    Requirement,
)
from knowledge.reading import Knowledge
from knowledge.search import Hit, Search

CANDIDATES: Final = 8
"""The nearest capabilities: however many twins there are, they crowd none of them out."""
MENTIONS: Final = 3
"""Places kept for one entry."""
NAMING: Final = ("reuses", "depends_on", "goals")


def gather(
    proposal: Proposal,
    knowledge: Knowledge,
    facts: Mapping[str, Fact],
    search: Search | None,
    pending: Sequence[Pending] = (),
    precedents: Sequence[Precedent] = (),
    *,
    settings: FactSettings = NO_SETTINGS,
    today: str = "",
) -> Evidence:
    """The evidence for one proposal; `search` None: overlap is not searched, and says so.

    `today`: ISO date, told by whoever has a clock; without one every policy counts already.
    """
    requirements = knowledge.of(Requirement)
    waiting = {r.id for r in requirements if today and r.effective_from > today}
    patterns = knowledge.of(Pattern)
    others = {p.initiative: p for p in pending if p.initiative != proposal.initiative}
    decided = {p.id: p for p in precedents if p.id != proposal.initiative and p.id not in others}
    candidates, behind = _candidates(proposal, search, others, decided) if search else ((), {})
    near = {candidate.entry for candidate in candidates}
    mentions, unknown = _named(proposal, knowledge, {*others, *decided})
    declared = {mention.entry for mention in mentions if mention.declared}
    named = near | {mention.entry for mention in mentions}
    twins = tuple(behind[name] for name in sorted(behind))
    every = knowledge.of(Capability)
    past = tuple(with_end(decided[name], every) for name in sorted(near & decided.keys()))
    capabilities = capabilities_of(knowledge, named, facts)
    compared = [c for c in capabilities if c.id in named]
    reviews = last_reviews(compared, sorted(decided.values(), key=_by_id), near)
    return Evidence(
        knowledge=_fingerprint(knowledge, search, twins, past, waiting, reviews),
        facts=dict(facts),
        requirements=requirements,
        patterns=patterns,
        applicable=_applicable(requirements, patterns, facts, settings, waiting),
        goals=knowledge.of(Goal),
        capabilities=capabilities,
        assets=_assets(knowledge, named),
        precedents=past,
        pending=twins,
        candidates=candidates,
        reviews=reviews,
        mentions=mentions,
        undeclared_names=unknown,
        neighbours=neighbours(proposal, _titles(_Keyed(knowledge)), declared),
        registry=registry_of(knowledge, facts),
        searched=search is not None,
    )


def _by_id(past: Precedent) -> str:
    return past.id


def _applicable(
    requirements: Sequence[Requirement],
    patterns: Sequence[Pattern],
    facts: Mapping[str, Fact],
    settings: FactSettings,
    waiting: Collection[str],
) -> dict[str, Applicable]:
    """A row for every requirement and pattern that is in force."""
    rows: dict[str, Applicable] = {}
    rules: list[tuple[str, Applicability]] = [(r.id, r.applies_when) for r in requirements]
    rules.extend((p.id, p.applies_when) for p in patterns)
    for rule, when in rules:
        answer = applies(when, facts, settings)
        rows[rule] = Applicable(id=rule, **answer._asdict())
    for later in (r for r in requirements if r.id in waiting):
        because = f"{later.policy} takes effect on {later.effective_from}"
        rows[later.id] = Applicable(id=later.id, applies="no", because=because)
    return rows


def _candidates(
    proposal: Proposal,
    search: Search,
    pending: Mapping[str, Pending],
    decided: Mapping[str, Precedent],
) -> tuple[tuple[Candidate, ...], dict[str, Pending]]:
    """The nearest of each kind, best first, and the pending proposals among them."""
    query = search_text(proposal)
    near = _nearest(search.search(query, kinds=["capability"], k=CANDIDATES + 1))
    twins, behind = near_by.waiting(proposal, pending, search)
    found = [
        Candidate(
            entry=hit.entry,
            kind="capability",
            score=hit.score,
            dense=hit.dense,
            lexical=hit.lexical,
            rank=1,
            gap=gap,
            duplicate=hit.duplicate,
        )
        for hit, gap in near
    ]
    found += [*twins, *near_by.decided(proposal, decided, search)]
    best = sorted(found, key=lambda c: (-c.score, c.entry))
    ranked = [c.model_copy(update={"rank": rank}) for rank, c in enumerate(best, start=1)]
    return tuple(ranked), behind


def _nearest(hits: Sequence[Hit]) -> list[tuple[Hit, float]]:
    """The best hits of one kind with their lead over the next; the last of all has none."""
    ordered = sorted(hits, key=lambda hit: (-hit.score, hit.entry))
    leads = [hit.score - following.score for hit, following in pairwise(ordered)]
    return list(zip(ordered, [*leads, 0.0], strict=False))[:CANDIDATES]


def _named(
    proposal: Proposal, knowledge: Knowledge, initiatives: set[str]
) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """Registered names in the front matter and the body, and declared names nobody registered."""
    names = _names(_Keyed(knowledge))
    mentions: list[Mention] = []
    unknown: list[str] = []
    for field in NAMING:
        for written in getattr(proposal.declared, field):
            entry = names.lookup(written)
            if entry is not None:
                start, end = _declared_span(proposal, field, written)
                mentions.append(
                    Mention(entry=entry, name=written, start=start, end=end, declared=field)
                )
            elif written not in initiatives:
                unknown.append(written)
    times: Counter[str] = Counter()
    for found in names.find(proposal.source.text, proposal.body):
        times[found.entry] += 1
        if times[found.entry] <= MENTIONS:
            mentions.append(Mention(**found._asdict()))
    return tuple(mentions), tuple(dict.fromkeys(unknown))


def _declared_span(proposal: Proposal, field: str, written: str) -> tuple[int, int]:
    """Where the front matter names it; the start of the file where it cannot be found again."""
    text = proposal.source.text
    line = proposal.declared_lines.get(field)
    start = text.find(written, proposal.source.offset(line) if line else 0, proposal.body)
    return (start, start + len(written)) if start >= 0 else (0, 0)


class _Keyed:
    """A Knowledge that is the same as another one of the same content."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __hash__(self) -> int:
        return hash(self.knowledge.fingerprint)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Keyed) and other.knowledge.fingerprint == self.knowledge.fingerprint
        )


@lru_cache(maxsize=2)
def _names(keyed: _Keyed) -> Names:
    """Made once for a Knowledge: a batch asks for it with every proposal."""
    return Names.of(keyed.knowledge.entries.values())


@lru_cache(maxsize=2)
def _titles(keyed: _Keyed) -> dict[Pair, frozenset[str]]:
    return title_pairs(keyed.knowledge.of(Capability))


def _assets(knowledge: Knowledge, named: set[str]) -> tuple[Asset, ...]:
    """The named ones, and the successors that a finding has to name."""
    assets = {asset.id: asset for asset in knowledge.of(Asset)}
    wanted = {name for name in named if name in assets}
    wanted |= {assets[name].successor for name in wanted} & assets.keys()
    return tuple(assets[name] for name in sorted(wanted))


def capabilities_of(
    knowledge: Knowledge, named: Collection[str], facts: Mapping[str, Fact]
) -> tuple[Capability, ...]:
    """What is near or named, and what people outside meet as they meet this one; by id."""
    every = knowledge.of(Capability)
    wanted = {*named, *to_read(siblings(every, facts), facts)}
    return tuple(c for c in every if c.id in wanted)


def registry_of(knowledge: Knowledge, facts: Mapping[str, Fact]) -> dict[str, int]:
    counts = Counter(entry.kind for entry in knowledge.entries.values())
    registry: dict[str, int] = {kind: counts[kind] for kind in sorted(counts)}
    capabilities = knowledge.of(Capability)
    registry["behaviours"] = sum(bool(c.behaviours) for c in capabilities)
    registry["siblings"] = len(siblings(capabilities, facts))
    kept = counts["asset"] > 0 or (knowledge.folder / "assets").is_dir()
    registry["assets_folder"] = int(kept)
    return registry


def _fingerprint(
    knowledge: Knowledge,
    search: Search | None,
    pending: Sequence[Pending],
    precedents: Sequence[Precedent],
    waiting: Collection[str],
    reviews: Mapping[str, LastReview],
) -> str:
    """Changes with the entries and what embeds them, on the day when one of them takes effect, and
    with the initiatives that are near or decided what is near, not with unrelated ones."""
    near = [[p.initiative, p.sha256] for p in pending]
    past = [
        [p.id, p.source.sha256, p.outcome, p.decided, [c.model_dump() for c in p.imposed],
         [w.model_dump() for w in p.waived], p.merge_into]
        for p in precedents
    ]  # fmt: skip
    rests = {
        "index": knowledge.fingerprint,
        "embedder": search.embedder if search else "",
        "pending": near,
        "precedents": past,
        "later": sorted(waiting),
    }
    return digest(rests | ({"reviews": dict(reviews)} if reviews else {}))
