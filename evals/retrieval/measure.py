"""Every query through every method, and the figures of CONTRACTS §8 out of what they answered.

`answers` runs, `result` counts (pure). A query without a counterpart stands in no recall; it shows
whether the decision can tell it from one that has a counterpart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.retrieval import metrics
from evals.retrieval.bootstrap import DRAWS, SEED, Interval, intervals
from evals.retrieval.corpus import Corpus
from evals.retrieval.methods import Answer, Progress, Say, open_methods
from evals.retrieval.register import Query
from knowledge.embed import Embedder
from knowledge.relation import Relation

if TYPE_CHECKING:
    from evals.retrieval.metrics import Flags, Statistic

DEPTHS = (1, 5, 10)
RANKING = (*(f"recall@{k}" for k in DEPTHS), "mrr")
STRENGTHS = ("strong", "medium", "light")
MOST = 6
"""Rewrite strengths that get figures of their own."""
OURS = "concord"


@dataclass
class Answers:
    """What each method answered to each query, in one order."""

    queries: list[Query] = field(default_factory=list)
    by_method: dict[str, list[Answer]] = field(default_factory=dict)


def answers(
    corpora: Sequence[Corpus],
    embedder: Embedder,
    relation: Relation,
    cache: Path,
    say: Say,
    progress: Progress | None = None,
) -> Answers:
    """One index for each corpus, then one search for each query and method."""
    found = Answers()
    total = sum(len(corpus.queries) for corpus in corpora)
    for corpus in corpora:
        with open_methods(corpus.records, cache, embedder, relation, say) as methods:
            for query in corpus.queries:
                if progress is not None:
                    progress(len(found.queries), total, query.id)
                found.queries.append(query)
                barred = corpus.barred(query)
                for name, method in methods.items():
                    found.by_method.setdefault(name, []).append(method.answer(query, barred))
    if progress is not None:
        progress(total, total, "")
    return found


def result(found: Answers, variant: str, draws: int = DRAWS, seed: int = SEED) -> dict[str, Any]:
    """The JSON of `concord eval retrieval`."""
    judged = {
        name: _Judged.of(found.queries, answered) for name, answered in found.by_method.items()
    }
    statistics = {(name, key): s for name, j in judged.items() for key, s in j.statistics().items()}
    pairs = {
        (f"{OURS}-{name}", key): metrics.difference(statistics[OURS, key], statistics[name, key])
        for name in judged
        if name != OURS
        for key in judged[name].statistics()
        if key in judged[OURS].statistics()
    }
    known = intervals({**statistics, **pairs}, len(found.queries), draws, seed)
    ours = judged[OURS]
    calibration = _calibration(ours, known)
    return {
        "variant": variant,
        "n": len(found.queries),
        "with_counterpart": int(ours.counterpart.sum()),
        "without_counterpart": int((~ours.counterpart).sum()),
        "bootstrap": {"draws": draws, "seed": seed, "resampled": "queries", "level": 0.95},
        "methods": {name: _method(name, j, known) for name, j in judged.items()},
        "paired": {name: _paired(name, known) for name in dict.fromkeys(n for n, _ in pairs)},
        "ece": calibration["ece"],
        "calibration": calibration,
    }


@dataclass(frozen=True)
class _Judged:
    """One method's answers beside the labels; one place a query."""

    ranks: list[int]
    """Of the best counterpart, from 1; 0: not among the hits."""
    scores: list[float]
    chances: list[float] | None
    """That the first hit is the same system."""
    decided: list[float]
    """The highest probability among the hits, else the score of the first."""
    right: Flags
    """Whether the first hit is a counterpart."""
    counterpart: Flags
    agencies: list[str]
    rewrites: list[str]

    @classmethod
    def of(cls, queries: Sequence[Query], answered: Sequence[Answer]) -> _Judged:
        import numpy as np

        ranks = [_rank(q.gold, a.ids) for q, a in zip(queries, answered, strict=True)]
        sure = any(a.probabilities for a in answered)
        return cls(
            ranks=ranks,
            scores=[a.score for a in answered],
            chances=[(*a.probabilities, 0.0)[0] for a in answered] if sure else None,
            decided=[max(a.probabilities, default=0.0) if sure else a.score for a in answered],
            right=np.array([rank == 1 for rank in ranks], dtype=bool),
            counterpart=np.array([bool(q.gold) for q in queries], dtype=bool),
            agencies=[q.agency for q in queries],
            rewrites=[q.rewrite for q in queries],
        )

    def statistics(self) -> dict[str, Statistic]:
        """By name; `strong recall@1` is that of one rewrite strength."""
        import numpy as np

        found = self._ranking(self.counterpart)
        found["auroc"] = metrics.auroc(self.decided, self.counterpart)
        found["auroc_score"] = metrics.auroc(self.scores, self.counterpart)
        found["auroc_within_agency"] = metrics.auroc(self.decided, self.counterpart, self.agencies)
        for name in self.strengths():
            chosen = self.counterpart & (np.array(self.rewrites) == name)
            found |= {f"{name} {key}": s for key, s in self._ranking(chosen).items()}
        if self.chances is not None:
            found["ece"] = metrics.calibration_error(self.chances, self.right)
            found["brier"] = metrics.brier(self.chances, self.right)
        return found

    def strengths(self) -> list[str]:
        """Rewrite strengths of queries with a counterpart, the hardest first, then other names by
        how often they stand there; MOST of them."""
        pairs = zip(self.rewrites, self.counterpart, strict=True)
        named = Counter(r for r, counterpart in pairs if r and counterpart)
        others = sorted(named.keys() - {*STRENGTHS}, key=lambda name: (-named[name], name))
        return [*(s for s in STRENGTHS if s in named), *others][:MOST]

    def count(self, strength: str) -> int:
        """Queries with a counterpart of one strength."""
        pairs = zip(self.rewrites, self.counterpart, strict=True)
        return sum(bool(c) and r == strength for r, c in pairs)

    def _ranking(self, among: Flags) -> dict[str, Statistic]:
        found = {f"recall@{k}": metrics.recall(self.ranks, k, among) for k in DEPTHS}
        return found | {"mrr": metrics.reciprocal(self.ranks, among)}


_Known = Mapping[tuple[str, str], Interval]


def _rank(gold: frozenset[str], ids: Sequence[str]) -> int:
    return next((rank for rank, name in enumerate(ids, 1) if name in gold), 0)


def _method(name: str, judged: _Judged, known: _Known) -> dict[str, Any]:
    keys = (*RANKING, "auroc", "auroc_score", "auroc_within_agency")
    return {
        **{key: known[name, key].value for key in keys},
        "intervals": {key: list(known[name, key][1:]) for key in keys},
        "by_rewrite": {
            strength: {
                "n": judged.count(strength),
                **{key: known[name, f"{strength} {key}"].value for key in RANKING},
                "intervals": {key: list(known[name, f"{strength} {key}"][1:]) for key in RANKING},
            }
            for strength in judged.strengths()
        },
    }


def _paired(name: str, known: _Known) -> dict[str, Any]:
    """The difference in recall@1, and in everything else by name."""
    rows = {key: _difference(known[pair, key]) for pair, key in known if pair == name}
    return {"metric": "recall@1", **rows["recall@1"], "by_metric": rows}


def _difference(found: Interval) -> dict[str, float | None]:
    return {"difference": found.value, "low": found.low, "high": found.high}


def _calibration(judged: _Judged, known: _Known) -> dict[str, Any]:
    chances = judged.chances or []
    return {
        "event": "the first hit is the same system",
        "n": len(chances),
        "prevalence": round(float(judged.right.mean()), 4) if chances else None,
        "ece": known[OURS, "ece"].value if chances else None,
        "ece_interval": list(known[OURS, "ece"][1:]) if chances else [None, None],
        "brier": known[OURS, "brier"].value if chances else None,
        "brier_interval": list(known[OURS, "brier"][1:]) if chances else [None, None],
        "bins": metrics.rows(metrics.reliability(chances, judged.right)) if chances else [],
    }
