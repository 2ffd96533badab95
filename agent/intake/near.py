"""The other initiatives near a proposal, waiting or decided, by what both say of their purpose.

Owns which of them become candidates. Nothing here depends on what else waits: two proposals find
the same features of each other. Pure but for the search that it is given.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from agent.intake.query import WIDE, search_text
from agent.schema.evidence import Candidate, Pending
from agent.schema.proposal import Proposal
from knowledge.entries import Precedent
from knowledge.search import Search
from knowledge.vocabulary import OverlapKind

if TYPE_CHECKING:
    from knowledge.alike import Alike, Text

LEAST: Final = 0.05
"""Least chance of being the same thing at which another initiative is looked at: an unrelated new
one must not change the evidence of the others."""
RELATED: Final = 0.2
"""Least chance at which all of a crowd are looked at; below it the nearest READ are."""
READ: Final = 8
"""So many are read in full; of a greater crowd, what they say of their purpose."""
CROWD: Final = 100
"""More twins than this are counted by `concord twins`, and not compared in a draft."""
NOMINATED: Final = 50
"""Decided initiatives that the index proposes for the exact comparison."""


def waiting(
    proposal: Proposal, pending: Mapping[str, Pending], search: Search
) -> tuple[list[Candidate], dict[str, Pending]]:
    """(candidates, the proposals behind them), most alike first."""
    texts = {name: text_of(other) for name, other in pending.items()}
    near = _near(proposal, texts, search)
    kept = near[:READ] + [pair for pair in near[READ:CROWD] if pair[1].probability >= RELATED]
    there = {name for name, _ in kept}
    linked = [n for n, p in pending.items() if _linked(proposal, p) and n not in there]
    kept += [(name, _of(proposal, texts[name], search)) for name in sorted(linked)]
    full = {name for name, _ in kept[:READ]} | set(linked)
    behind = {
        name: pending[name] if name in full else pending[name].model_copy(update={"text": ""})
        for name, _ in kept
    }
    return _candidates(kept, "pending"), behind


def decided(
    proposal: Proposal, precedents: Mapping[str, Precedent], search: Search
) -> list[Candidate]:
    """The nearest decided ones. Those in the index are found by it; one that was decided since it
    was opened is compared as well."""
    if not precedents:
        return []
    query = search_text(proposal, WIDE)
    hits = search.search(
        query, kinds=["precedent"], k=NOMINATED, keep=lambda entry: entry.id in precedents
    )
    wanted = {hit.entry for hit in hits} | (precedents.keys() - search.held())
    texts = {name: text_of(precedents[name]) for name in sorted(wanted)}
    return _candidates(_near(proposal, texts, search)[:READ], "precedent")


def text_of(other: Pending | Precedent | Proposal) -> "Text":
    """What of an initiative is compared with others."""
    from knowledge.alike import Text

    match other:
        case Proposal():
            return Text(other.title, search_text(other, WIDE))
        case Pending():
            return Text(other.title, other.purpose or f"{other.title}\n{other.text}")
        case Precedent():
            return Text(other.title, other.purpose or f"{other.title}\n{other.body}")


def _near(
    proposal: Proposal, texts: Mapping[str, "Text"], search: Search
) -> list[tuple[str, "Alike"]]:
    from knowledge.alike import near_to

    names = sorted(texts)
    own, others = text_of(proposal), [texts[name] for name in names]
    vectors = search.embed([own.text, *(other.text for other in others)])
    found = near_to(own, vectors[0], others, vectors[1:], LEAST)
    return [(names[row], pair) for row, pair in found]


def _of(proposal: Proposal, other: "Text", search: Search) -> "Alike":
    from knowledge.alike import alike

    own = text_of(proposal)
    mine, theirs = search.embed([own.text, other.text])
    return alike(own, other, mine, theirs)


def _linked(proposal: Proposal, other: Pending) -> bool:
    """One of the two says that it builds on the other."""
    return other.initiative in proposal.declared.reuses or proposal.initiative in other.reuses


def _candidates(near: Sequence[tuple[str, "Alike"]], kind: OverlapKind) -> list[Candidate]:
    scores = [round(pair.odds, 6) for _, pair in near]
    leads = [score - following for score, following in pairwise(scores)]
    return [
        Candidate(
            entry=name, kind=kind, score=score, dense=pair.dense, lexical=pair.words, rank=rank,
            gap=lead, duplicate=pair.probability, same_title=pair.title,
        )
        for rank, ((name, pair), score, lead) in enumerate(
            zip(near, scores, [*leads, 0.0], strict=False), start=1
        )
    ]  # fmt: skip
