"""A source text and seeded mutations of its sentences: what a careless reader may claim."""

import random
from collections.abc import Callable, Iterator

_SUBJECTS = (
    "The claims assistant", "A senior adjuster", "The routing model", "Every team lead",
    "The data office", "An external auditor", "Our support desk", "The mobile app",
)  # fmt: skip
_VERBS = (
    "will not store", "reviews", "does not share", "must approve", "may delete",
    "never changes", "logs", "has no access to", "cannot override", "explains",
)  # fmt: skip
_OBJECTS = (
    "the customer’s “medical history”", "each denied claim", "any payout above 500 EUR",
    "the model's scores", "long-term contracts – and renewals", "all incoming e-mail",
    "risk ratings", "the weekly bias report",
)  # fmt: skip
_ENDS = (
    "before a letter is sent", "within 30 days", "after 12 months of use", "in the pilot phase",
    "unless the customer objects", "for 2.5 percent of all cases", "when confidence is below 0.7",
    "at the end of each quarter",
)  # fmt: skip
_OTHER = (
    "approximately",
    "gladly",
    "probably",
    "internal",
    "foreign",
    "urgent",
    "partial",
    "secret",
)


def sentences(seed: int, count: int) -> list[str]:
    """Different sentences of business prose with negations, modals, numbers, dashes, quotes."""
    draw = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        parts = (draw.choice(_SUBJECTS), draw.choice(_VERBS), draw.choice(_OBJECTS))
        made[f"{' '.join(parts)} {draw.choice(_ENDS)}."] = None
    return list(made)


def source(said: list[str], seed: int) -> str:
    """The sentences as a document: paragraphs, hard-wrapped lines, some list items."""
    draw = random.Random(seed)
    blocks = []
    for at in range(0, len(said), 3):
        block = " ".join(said[at : at + 3])
        words = block.split(" ")
        for cut in range(7, len(words), 9):
            words[cut] = "\n" + words[cut]
        wrapped = " ".join(words).replace(" \n", "\n")
        blocks.append(f"## Part {at}\n\n{wrapped}" if draw.random() < 0.3 else wrapped)
    return "\n\n".join(blocks) + "\n"


def retyped(sentence: str, draw: random.Random) -> str:
    """The same words with other whitespace, quotation marks and hyphens."""
    signs = {
        "“": draw.choice("\"«„'"), "”": draw.choice("\"»“'"), "’": draw.choice("'’"),
        "'": draw.choice("’'‘"), "–": draw.choice("-—‒"), "-": draw.choice("-‐‑"),
        " ": draw.choice((" ", "  ", "\n", "\u00a0", " \n  ")),
    }  # fmt: skip
    return "".join(signs.get(letter, letter) for letter in sentence)


def mutated(said: list[str], text: str, seed: int, count: int) -> Iterator[tuple[str, str]]:
    """(kind, claimed quote) pairs; each differs in words from everything in the source."""
    draw = random.Random(seed)
    kinds: tuple[Callable[[list[str], random.Random], str], ...] = (
        _altered, _negation, _number, _stitched, _reordered, _inserted, _merged, _dropped,
    )  # fmt: skip
    plain = " ".join(text.split())
    made = 0
    while made < count:
        kind = kinds[made % len(kinds)]
        claim = kind(said, draw)
        if claim and claim not in plain:
            made += 1
            yield kind.__name__.strip("_"), claim


def _words(said: list[str], draw: random.Random) -> list[str]:
    return draw.choice(said).split(" ")


def _altered(said: list[str], draw: random.Random) -> str:
    words = _words(said, draw)
    words[draw.randrange(1, len(words) - 1)] = draw.choice(_OTHER)
    return " ".join(words)


def _negation(said: list[str], draw: random.Random) -> str:
    words = _words(said, draw)
    for word, other in (("not", ""), ("never", "always"), ("no", "full"), ("cannot", "can")):
        if word in words:
            words[words.index(word)] = other
            return " ".join(word for word in words if word)
    words.insert(3, "not")
    return " ".join(words)


def _number(said: list[str], draw: random.Random) -> str:
    words = _words(said, draw)
    changed = [str(draw.randrange(700, 900)) if word[0].isdigit() else word for word in words]
    return " ".join(changed) if changed != words else ""


def _stitched(said: list[str], draw: random.Random) -> str:
    first, second = _words(said, draw), _words(said, draw)
    joint = draw.choice((" ", " … ", " ... ", " [...] "))
    claim = " ".join(first[: draw.randrange(3, 6)]) + joint + " ".join(second[-5:])
    return "" if first[:3] == second[:3] else claim


def _reordered(said: list[str], draw: random.Random) -> str:
    words = _words(said, draw)
    cut = draw.randrange(3, len(words) - 3)
    return " ".join([*words[cut:], *words[:cut]])


def _inserted(said: list[str], draw: random.Random) -> str:
    words = _words(said, draw)
    words.insert(draw.randrange(2, len(words) - 1), draw.choice(_OTHER))
    return " ".join(words)


def _merged(said: list[str], draw: random.Random) -> str:
    at = draw.randrange(len(said) - 1)
    second = said[at + 1]
    return f"{said[at][:-1]} and {second[0].lower()}{second[1:]}"


def _dropped(said: list[str], draw: random.Random) -> str:
    words = _words(said, draw)
    del words[draw.randrange(3, len(words) - 2)]
    return " ".join(words)
