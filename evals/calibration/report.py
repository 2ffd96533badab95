"""What a person reads of a fit: how true the probability is, what would change, what it is not.

Words and layout only: every figure is one of the result's. Pure.
"""

from collections.abc import Iterator
from typing import Any, Final

from evals import plots
from evals.page import Page, Table, number, spread
from evals.retrieval.report import bins, caption

_FIGURES: Final = (
    ("ece", "ECE"),
    ("brier", "Brier score"),
    ("auroc", "AUROC, counterpart or none"),
    ("auroc_within_agency", "AUROC, one agency"),
)
FEW: Final = 100
LIMITS: Final = (
    "Labels exist only for “the same system”. “Extends” and “shares a part” are derived from the "
    "facets of a comparison and carry no fitted probability."
)


def page(result: dict[str, Any]) -> Page:
    """Everything that one result says."""
    checked = {**result["cross_validated"], "n": result["n"], "prevalence": result["prevalence"]}
    checked["ece_interval"] = checked["intervals"]["ece"]
    shown = bins(checked, "Is the cross-validated probability of the first hit true?")
    picture = plots.reliability(checked["bins"], caption(checked))
    return Page(
        "How true is the probability of “the same system”?",
        tuple(_notes(result)),
        (_figures(result), shown, _changes(result)),
        (picture,),
    )


def _notes(result: dict[str, Any]) -> Iterator[str]:
    left_out = result["left_out"]
    group = "agency" if left_out["by"] == "agency" else "part of the queries"
    yield (
        f"{result['n']} queries, {result['with_counterpart']} with a counterpart; "
        f"{result['pairs']} pairs to fit on. The first hit was the same system for "
        f"{number(result['prevalence'], 2)} of them (prevalence)."
    )
    yield (
        f"Cross-validated: each {group} was predicted by a fit without it "
        f"({left_out['groups']} fits)."
    )
    if result["bootstrap"]["draws"]:
        yield f"[low, high]: 95% bootstrap interval, resampling queries, {_draws(result)}."
    if result["n"] < FEW:
        yield "So few queries leave wide intervals: look at them before you keep the numbers."
    yield LIMITS


def _draws(result: dict[str, Any]) -> str:
    return f"{result['bootstrap']['draws']} resamples, seed {result['bootstrap']['seed']}"


def _figures(result: dict[str, Any]) -> Table:
    sides = (result["cross_validated"], result["in_use"])
    rows = tuple(
        (label, *(spread(side[key], *side["intervals"][key]) for side in sides))
        for key, label in _FIGURES
        if any(side[key] is not None for side in sides)
    )
    return Table(
        "Probability of the first hit",
        ("", "refitted, cross-validated", "in use"),
        rows,
        "Cross-validated AUROC compares queries across fits whose levels differ, so it is somewhat "
        "below that of one fit. In use (figures on queries that a fit has seen flatter it): fitted "
        f"on {result['in_use']['fitted_on']}.",
    )


def _changes(result: dict[str, Any]) -> Table:
    rows = tuple(
        (name, number(row["now"]), number(row["refitted"]))
        for name, row in result["changes"].items()
    )
    return Table("What one unit adds to the log odds", ("feature", "in use", "refitted"), rows)
