"""How likely a hit is the same system as the query: features of the search into a probability.

Owns the numbers of that fit, which stand in a small JSON file: the one beside this module, or an
office's own. Pure arithmetic otherwise; it searches nothing and fits nothing.
"""

from __future__ import annotations

import hashlib
import json
import math
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from knowledge.errors import KnowledgeError

LEAST: Final = 0.01
"""Nothing is surer than this, either way."""
FEATURES: Final = ("wording", "most_wording", "spoken", "spoken_lead", "meaning_lead", "behind")
"""What a hit tells of itself, in the order of the rows that `Index.features` gives."""
FILE: Final = "relation.json"
FAR_DENSE: Final = 0.35
FAR_LEXICAL: Final = 0.12
FAR: Final = 0.1
"""A hit below both shares neither meaning nor words, and is no likelier than this: 2 of 238 real
counterparts are that far (their probability was .06 and .02 already)."""


class Relation(BaseModel):
    """A fitted logistic regression over some of the FEATURES."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    format: Literal["relation-1"]
    features: tuple[str, ...] = Field(min_length=1)
    mean: tuple[float, ...]
    """Of each feature where it was fitted; taken off before it is scaled."""
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    bias: float
    fitted_on: str
    """What the pairs were, in a sentence."""
    rows: int = Field(gt=0)
    prevalence: float = Field(gt=0, lt=1)
    """Share of the rows that were the same system: where duplicates are rarer than this, the
    probability is too high."""

    @model_validator(mode="after")
    def _fits(self) -> Relation:
        lengths = {len(self.mean), len(self.scale), len(self.coefficients)}
        if lengths != {len(self.features)}:
            raise ValueError("features, mean, scale and coefficients differ in length")
        unknown = [name for name in self.features if name not in FEATURES]
        if unknown or len(set(self.features)) < len(self.features):
            raise ValueError(f"features must be some of {', '.join(FEATURES)}, each once")
        if min(self.scale) <= 0:
            raise ValueError("every scale must be above 0")
        return self

    def probability(self, row: tuple[float, ...]) -> float:
        """P(the same system), 0.01..0.99, of a row in the order of FEATURES."""
        values = dict(zip(FEATURES, row, strict=True))
        numbers = zip(self.features, self.mean, self.scale, self.coefficients, strict=True)
        logit = self.bias + sum(
            weight * (values[name] - mean) / scale for name, mean, scale, weight in numbers
        )
        return _bounded(logit)

    @property
    def fingerprint(self) -> str:
        """Of the numbers, whatever the file says of them."""
        numbers = self.model_dump(mode="json", exclude={"fitted_on", "rows", "prevalence"})
        return hashlib.sha256(json.dumps(numbers).encode()).hexdigest()[:16]

    def dumps(self) -> str:
        """As the file holds it."""
        return json.dumps(self.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def load_relation(path: Path | None = None) -> Relation:
    """The numbers in this file, or those that ship. KnowledgeError: it cannot be used."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Relation:
    return _read(Path(__file__).with_name(FILE))


def _read(path: Path) -> Relation:
    try:
        return Relation.model_validate_json(path.read_bytes())
    except OSError as error:
        wrong = error.strerror or str(error)
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        wrong = f"{at}: {first['msg']}" if at else str(first["msg"])
    raise KnowledgeError(
        f"{path}: the numbers of the duplicate probability cannot be used ({wrong});"
        " write them again with `concord eval calibrate --save`, or remove the file to go back to"
        " those that ship"
    )


def unless_far(probability: float, dense: float, lexical: float) -> float:
    """The probability, low for texts that have nothing in common.

    Among a handful of entries one always stands out, whatever the text is about, and a fit on
    catalogues of hundreds takes that for a sign.
    """
    far = dense < FAR_DENSE and lexical < FAR_LEXICAL
    return min(probability, FAR) if far else probability


def _bounded(logit: float) -> float:
    likely = 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))
    return min(1 - LEAST, max(LEAST, likely))
