"""Drafts against gold labels: pure counting. An undefined ratio is None, never 0 or 1.

Failed cases never come here: failed is not wrong.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.schema.draft import Draft, Finding
from evals.cases import SCORED, Gold

ALIGNMENT_RULES = ("goal.conflict", "goal.none", "measure.none")
"""Of alignment only these are labelled."""


@dataclass
class Tally:
    """One case's comparison."""

    requirements: list[tuple[str, str, str]] = field(default_factory=list)
    """(id, gold, drafted)"""
    matched: list[tuple[str, str]] = field(default_factory=list)
    """(dimension, subject) of gold findings that the draft has"""
    missed: list[tuple[str, str]] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)
    overlaps: list[tuple[str, str, str]] = field(default_factory=list)
    """(entry, gold relation, drafted relation) where either is not `unrelated`"""
    goals: list[tuple[str, str, str]] = field(default_factory=list)
    outcome: tuple[str, str] | None = None
    quotes: tuple[int, int] = (0, 0)
    """(valid, all)"""


def compare(draft: Draft, gold: Gold) -> Tally:
    """Count one draft against its labels; debatable paths count neither way."""
    tally = Tally()
    rows = {row.id: row.status for row in draft.requirements}
    for id_, status in sorted(gold.requirements.items()):
        if not gold.open("requirements", id_):
            tally.requirements.append((id_, status, rows.get(id_, "not_applicable")))
    verdicts = {row.id: row.verdict for row in draft.goals}
    for id_, verdict in sorted(gold.goals.items()):
        if not gold.open("goals", id_):
            tally.goals.append((id_, verdict, verdicts.get(id_, "not_addressed")))
    _overlaps(draft, gold, tally)
    _findings(draft.findings, gold, tally)
    if gold.outcome is not None and not gold.open("outcome"):
        tally.outcome = (gold.outcome, draft.outcome)
    tally.quotes = _quotes(draft)
    return tally


def _overlaps(draft: Draft, gold: Gold, tally: Tally) -> None:
    drafted = {row.entry: row.relation for row in draft.overlaps}
    for entry in sorted({*drafted, *gold.overlaps}):
        pair = (gold.overlaps.get(entry, "unrelated"), drafted.get(entry, "unrelated"))
        if pair != ("unrelated", "unrelated") and not gold.open("overlaps", entry):
            tally.overlaps.append((entry, *pair))


def _findings(findings: Sequence[Finding], gold: Gold, tally: Tally) -> None:
    """One to one by (dimension, subject), those with a subject first; what then is left of a
    dimension with a gold finding without subject is absorbed and counts as neither."""
    drafted: Counter[tuple[str, str]] = Counter(
        (f.dimension, _key(f.subject))
        for f in findings
        if _is_scored(f) and not _open(gold, f.dimension, f.subject)
    )
    wanted = [g for g in gold.findings if not _open(gold, g.dimension, g.subject)]
    absorbing = {g.dimension for g in wanted if g.subject is None}
    for want in sorted(wanted, key=lambda g: (g.subject is None, g.dimension, g.subject or "")):
        key: tuple[str, str] = (want.dimension, _key(want.subject))
        if want.subject is not None:
            fits = [key] if drafted[key] else []
        else:
            fits = sorted(k for k, n in drafted.items() if n and k[0] == want.dimension)
        drafted.subtract(fits[:1])
        (tally.matched if fits else tally.missed).append(key)
    left = [(key, n) for key, n in sorted(drafted.items()) if key[0] not in absorbing]
    tally.extra += [key for key, n in left for _ in range(n)]


def _is_scored(finding: Finding) -> bool:
    if finding.dimension == "alignment":
        return finding.rule in ALIGNMENT_RULES
    return finding.dimension in SCORED


def _open(gold: Gold, dimension: str, subject: str | None) -> bool:
    if gold.open("findings", dimension):
        return True
    return subject is not None and gold.open("findings", dimension, subject)


def _key(subject: str | None) -> str:
    return (subject or "").casefold()


def _quotes(draft: Draft) -> tuple[int, int]:
    citations = [c for f in draft.findings for c in f.citations]
    citations += [c for u in draft.unsupported for c in u.finding.citations]
    citations += [c for r in draft.requirements for s in r.readers.values() for c in s.citations]
    citations += [c for o in draft.overlaps for c in o.citations]
    facets = [f for o in draft.overlaps for f in o.facets.values()]
    citations += [c for f in facets for c in (f.own, f.theirs) if c is not None]
    citations += [c for g in draft.goals for c in g.citations]
    return sum(c.check != "bad" for c in citations), len(citations)


def metrics(tallies: Sequence[Tally]) -> dict[str, Any]:
    """All cases together, as CONTRACTS §8 names them."""
    return {
        "requirements": _status_metrics([r for t in tallies for r in t.requirements]),
        "findings": _finding_metrics(tallies),
        "overlaps": _overlap_metrics([o for t in tallies for o in t.overlaps]),
        "goals": _agreement([(g, d) for t in tallies for _, g, d in t.goals]),
        "outcome": _outcome_metrics([t.outcome for t in tallies if t.outcome]),
        "quotes": {
            "valid": ratio(sum(t.quotes[0] for t in tallies), sum(t.quotes[1] for t in tallies)),
            "n": sum(t.quotes[1] for t in tallies),
        },
    }


def _status_metrics(rows: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    pairs = [(gold, drafted) for _, gold, drafted in rows]
    confusion: dict[str, dict[str, int]] = {}
    for (gold, drafted), n in sorted(Counter(pairs).items()):
        confusion.setdefault(gold, {})[drafted] = n
    scores = [f1(pairs, label) for label in sorted({label for pair in pairs for label in pair})]
    known = [s for s in scores if s is not None]
    return {
        "accuracy": ratio(sum(g == d for g, d in pairs), len(pairs)),
        "macro_f1": rounded(sum(known) / len(known)) if known else None,
        "planned_as_in_place": pairs.count(("planned", "in_place")),
        "n": len(pairs),
        "confusion": confusion,
    }


def f1(pairs: Iterable[tuple[str, str]], label: str) -> float | None:
    """F1 of one label; None where it occurs on neither side.

    The macro mean takes every status that people or drafts used: one that only drafts used is 0.
    """
    pairs = list(pairs)
    hit = sum(g == d == label for g, d in pairs)
    total = sum((g == label) + (d == label) for g, d in pairs)
    return 2 * hit / total if total else None


def _finding_metrics(tallies: Sequence[Tally]) -> dict[str, Any]:
    def score(matched: int, missed: int, extra: int) -> dict[str, Any]:
        recall = ratio(matched, matched + missed)
        precision = ratio(matched, matched + extra)
        return {
            "precision": precision,
            "recall": recall,
            "f1": ratio(2 * matched, 2 * matched + missed + extra),
            "n": matched + missed,
        }

    def count(rows: str, dimension: str | None = None) -> int:
        return sum(dimension in (None, key[0]) for tally in tallies for key in getattr(tally, rows))

    names = ("matched", "missed", "extra")
    return {
        **score(*(count(name) for name in names)),
        "by_dimension": {
            d: score(*(count(name, d) for name in names))
            for d in SCORED
            if any(count(name, d) for name in names)
        },
    }


def _overlap_metrics(rows: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    gold = [r for r in rows if r[1] != "unrelated"]
    drafted = [r for r in rows if r[2] != "unrelated"]
    both = [r for r in gold if r[2] != "unrelated"]
    return {
        "recall": ratio(len(both), len(gold)),
        "precision": ratio(len(both), len(drafted)),
        "relation_accuracy": ratio(sum(r[1] == r[2] for r in both), len(both)),
        "n": len(gold),
    }


def _agreement(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"accuracy": ratio(sum(g == d for g, d in pairs), len(pairs)), "n": len(pairs)}


def _outcome_metrics(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    gold = Counter(g for g, _ in pairs)
    most = max(gold.values(), default=0)
    return {
        "accuracy": ratio(sum(g == d for g, d in pairs), len(pairs)),
        "kappa": kappa(pairs),
        "baseline": ratio(most, len(pairs)),
        "n": len(pairs),
    }


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None without cases or where chance alone already agrees always."""
    n = len(pairs)
    if not n:
        return None
    agree = sum(g == d for g, d in pairs) / n
    gold, drafted = Counter(g for g, _ in pairs), Counter(d for _, d in pairs)
    chance = sum(gold[label] * drafted[label] for label in gold) / (n * n)
    return None if chance == 1 else rounded((agree - chance) / (1 - chance))


def ratio(part: int, whole: int) -> float | None:
    return rounded(part / whole) if whole else None


def rounded(value: float) -> float:
    return round(value, 4)
