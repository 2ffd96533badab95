"""A fit and its check as one result (pure): what would change, and how true the probability is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.calibration.examples import HITS, Example
from evals.calibration.samples import SIZES
from evals.calibration.validate import Checked, check, figures
from evals.retrieval.bootstrap import DRAWS, SEED
from evals.retrieval.corpus import Corpus
from knowledge.relation import FEATURES, Relation


def result(
    examples: Sequence[Example],
    described: str,
    current: Relation,
    variant: str,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[Checked, dict[str, Any]]:
    """The check and the JSON of `concord eval calibrate`.

    CannotTell: there is too little to fit.
    """
    checked = check(examples, described)
    now = [current.probability(example.features) for example in checked.judged]
    firsts = [example for example in checked.judged if example.first]
    return checked, {
        "variant": variant,
        "n": len(firsts),
        "with_counterpart": sum(example.counterpart for example in firsts),
        "pairs": len(examples),
        "event": "the first hit is the same system",
        "prevalence": round(sum(e.right for e in firsts) / len(firsts), 4),
        "left_out": {"by": checked.groups, "groups": checked.parts},
        "bootstrap": {"draws": draws, "seed": seed, "resampled": "queries", "level": 0.95},
        "cross_validated": figures(checked.judged, checked.predicted, draws, seed),
        "in_use": {"fitted_on": current.fitted_on, **figures(checked.judged, now, draws, seed)},
        "relation": checked.relation.model_dump(mode="json"),
        "changes": {
            name: {"now": old, "refitted": new}
            for (name, old), new in zip(
                weights_of(current).items(), weights_of(checked.relation).values(), strict=True
            )
        },
        "saved": None,
    }


def weights_of(relation: Relation) -> dict[str, float]:
    """What one unit of each feature adds to the log odds, and the bias; comparable between fits."""
    own = {
        name: weight / scale
        for name, weight, scale in zip(
            relation.features, relation.coefficients, relation.scale, strict=True
        )
    }
    moved = sum(
        own[name] * mean for name, mean in zip(relation.features, relation.mean, strict=True)
    )
    found = {name: round(own.get(name, 0.0), 3) for name in FEATURES}
    return {**found, "bias": round(relation.bias - moved, 3)}


def described(corpora: Sequence[Corpus], variant: str, examples: Sequence[Example]) -> str:
    """What the pairs are, in a sentence; it goes into the file."""
    queries = [query for corpus in corpora for query in corpus.queries]
    sizes = [len(corpus.records) for corpus in corpora]
    agencies = len({query.agency for query in queries if query.agency})
    whole = f"{min(sizes)}" if min(sizes) == max(sizes) else f"{min(sizes)} to {max(sizes)}"
    parts = [
        f"the first {HITS} hits for each of {len(queries)} descriptions ({variant})",
        f"{sum(bool(query.gold) for query in queries)} of them with a counterpart",
        f"{agencies} agencies" if agencies else "no agencies named",
        f"in catalogues of {whole} entries",
    ]
    sampled = any(not example.whole for example in examples)
    return ", ".join(parts) + (
        f" and samples of {' and '.join(map(str, SIZES))}" if sampled else ""
    )
