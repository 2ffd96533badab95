"""How likely the nearest entry does the same job: search features turned into a probability.

Pure arithmetic. The constants were fitted once and are not learned from an office.
"""

import math
from typing import Final

BIAS: Final = -9.103
DENSE: Final = 0.495
LEXICAL: Final = 8.007
SCORE: Final = 2.627
GAP: Final = 5.551
LEAST: Final = 0.01
"""Nothing is surer than this, either way."""


TWIN_BIAS: Final = -7.281
TWIN_DENSE: Final = 13.431


def twin_probability(dense: float) -> float:
    """Probability that two proposals describe the same system, from their cosine, 0.01..0.99.

    A logistic regression on the cosine of what two texts say of their purpose. Fitted on 228 real
    descriptions of AI systems beside the one of an earlier year, and beside up to twelve others,
    half of the same agency: 2,738 pairs, 8% positive. Leaving one agency out: AUROC .969, expected
    calibration error .021; at one half .5% of the other pairs are called the same and 62% of the
    real ones (27% of those rewritten strongly). Words shared add little here (AUROC .978) and
    mislead in a house whose proposals all speak of the same trade.
    """
    likely = 1 / (1 + math.exp(-(TWIN_BIAS + TWIN_DENSE * dense)))
    return min(1 - LEAST, max(LEAST, likely))


def duplicate_probability(dense: float, lexical: float, score: float, gap: float) -> float:
    """Probability that a candidate describes the same system as the query, 0.01..0.99.

    `dense`, `lexical` and `score` are those of a Hit; `gap` is its score less that of the next hit
    of its kind. A logistic regression on cosine, lexical share, log(1 + score) and gap / score.

    Fitted on 410 real descriptions of AI systems by public agencies, their names removed: 249 were
    listed by the same agency in an earlier year, 161 were not. A row is the best hit and counts as
    positive when it is that earlier listing. Each description was searched in its whole catalogue
    (370 to 1,300 passages) and in seeded samples of about 300 and 100 entries, half of them of the
    same agency: 1,230 rows, 54% positive, an agency weighted by one over the square root of its
    rows. Without the samples the fit does not carry over to the small catalogue of an office, where
    z-scores are small (AUROC .80 for 25 entries instead of .92).

    Cross-validated leaving one agency out: AUROC .930, expected calibration error .067 over all
    sizes; .924 and .125 in whole catalogues, .924 and .037 in samples of 25 that no fit had seen.
    The error is mostly that of the share of duplicates, which differs from agency to agency (0% to
    100%): where duplicates are rarer than here the probability is too high.
    """
    height = max(score, 0.0)
    logit = (
        BIAS
        + DENSE * dense
        + LEXICAL * lexical
        + SCORE * math.log1p(height)
        + GAP * max(gap, 0.0) / max(height, 1.0)
    )
    likely = 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))
    return min(1 - LEAST, max(LEAST, likely))
