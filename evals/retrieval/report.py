"""What a person reads of a retrieval measurement: tables, what they mean, pictures.

Words and layout only: every figure is one of the result's. Pure.
"""

from collections.abc import Iterator
from typing import Any, Final

from evals import plots
from evals.page import Page, Table, number, spread

NAMES: Final = {
    "concord": "Concord",
    "bm25": "BM25",
    "dense": "vectors alone",
}
_FIGURES: Final = (
    ("recall@1", "recall@1"),
    ("recall@5", "recall@5"),
    ("recall@10", "recall@10"),
    ("mrr", "MRR, first 10"),
    ("auroc", "AUROC, decision"),
    ("auroc_score", "AUROC, raw score"),
    ("auroc_within_agency", "AUROC, one agency"),
)


def page(result: dict[str, Any]) -> Page:
    """Everything that one result says."""
    tables = [_figures(result), *_rewrites(result), *_paired(result), *_calibration(result)]
    pictures = [plots.recall_by_rewrite(result["methods"], NAMES)]
    calibration = result["calibration"]
    if calibration["bins"]:
        pictures.append(plots.reliability(calibration["bins"], caption(calibration)))
    return Page("How well is overlap found?", tuple(_notes(result)), tuple(tables), tuple(pictures))


def caption(calibration: dict[str, Any]) -> str:
    """ECE with its interval, prevalence and size, in one line."""
    error = spread(calibration["ece"], *calibration["ece_interval"])
    share = number(calibration["prevalence"], 2)
    return f"ECE {error}; {share} of {calibration['n']} were the same"


def _notes(result: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{result['n']} queries ({result['variant']}): {result['with_counterpart']} with a "
        f"counterpart in the catalogue, {result['without_counterpart']} without."
    )
    yield "BM25: bm25s with its defaults, title, description and outputs. Vectors alone: cosine."
    draws = result["bootstrap"]["draws"]
    if draws:
        yield (
            f"[low, high]: 95% bootstrap interval, {draws} resamples of the queries, "
            f"seed {result['bootstrap']['seed']}."
        )


def _figures(result: dict[str, Any]) -> Table:
    methods = result["methods"]
    rows = tuple(
        (label, *(spread(m[key], *m["intervals"][key]) for m in methods.values()))
        for key, label in _FIGURES
        if any(m[key] is not None for m in methods.values())
    )
    header = ("", *(NAMES[name] for name in methods))
    note = _RANKING + (_DECISION if any("AUROC" in row[0] for row in rows) else "")
    return Table("Ranking and decision", header, rows, note)


_RANKING: Final = "recall and MRR are over the queries with a counterpart."
_DECISION: Final = (
    " AUROC: does the highest probability among the hits (a baseline has only its score) tell "
    "queries with a counterpart from those without? “One agency” compares only queries of one "
    "agency."
)


def _rewrites(result: dict[str, Any]) -> Iterator[Table]:
    methods = result["methods"]
    strengths = methods["concord"]["by_rewrite"]
    if not strengths:
        return
    rows = tuple(
        (
            f"{strength} (n = {strengths[strength]['n']})",
            *(_of(m["by_rewrite"][strength]) for m in methods.values()),
        )
        for strength in strengths
    )
    header = ("rewrite", *(NAMES[name] for name in methods))
    yield Table("recall@1 by how strongly the wording differs", header, rows)


def _of(found: dict[str, Any]) -> str:
    return spread(found["recall@1"], *found["intervals"]["recall@1"])


def _paired(result: dict[str, Any]) -> Iterator[Table]:
    paired = result["paired"]
    if not paired:
        return
    keys = [key for key, _ in _FIGURES]
    keys += [key for key in next(iter(paired.values()))["by_metric"] if key.endswith(" recall@1")]
    labels = dict(_FIGURES)
    rows = tuple(
        (labels.get(key, key), *(_gain(p["by_metric"][key]) for p in paired.values()))
        for key in keys
        if any(p["by_metric"][key]["difference"] is not None for p in paired.values())
    )
    header = ("Concord less", *(NAMES[name.partition("-")[2]] for name in paired))
    yield Table(
        "Difference on the same queries",
        header,
        rows,
        "* the interval excludes 0: another set of such queries would hardly turn it round.",
    )


def _gain(row: dict[str, float | None]) -> str:
    low, high = row["low"], row["high"]
    sure = low is not None and high is not None and (low > 0 or high < 0)
    return spread(row["difference"], low, high, sign=True) + (" *" if sure else "")


def _calibration(result: dict[str, Any]) -> Iterator[Table]:
    calibration = result["calibration"]
    if calibration["bins"]:
        yield bins(calibration, "Is the probability of the first hit true?")


def bins(calibration: dict[str, Any], title: str) -> Table:
    """What was said and what came of it, by bin."""
    rows = tuple(
        (
            f"{number(row['low'], 1)} to {number(row['high'], 1)}",
            str(row["n"]),
            number(row["predicted"], 2),
            number(row["observed"], 2),
        )
        for row in calibration["bins"]
    )
    header = ("probability", "n", "mean", "true")
    return Table(f"{title} {caption(calibration)}", header, rows)
