"""A quote with its place, and a step of a search, each as a wrapped line or two."""

from agent.schema.draft import Searched
from agent.schema.proposal import Citation
from tui.out import wrapped

CHECK_WORDS = {
    "exact": "",
    "close": "  [close, not word for word]",
    "bad": "  [BAD: not in the text]",
}


def citation_line(citation: Citation, indent: str) -> str:
    """`"quote"  source:line (section)`, and a word where the check was not exact."""
    quote = citation.quote if citation.check != "bad" else citation.claimed
    place = citation.source if citation.line_start is None else where(citation)
    return wrapped(f'"{quote}"  {place}{CHECK_WORDS[citation.check]}', indent + "  ", indent)


def where(citation: Citation) -> str:
    section = f" ({citation.section})" if citation.section else ""
    return f"{citation.source}:{citation.line_start}{section}"


def searched_line(step: Searched, indent: str) -> str:
    if not step.quote:
        return wrapped(f"looked: {step.why}", indent + "  ", indent)
    return wrapped(
        f'looked at {step.source}:{step.line_start} "{step.quote}": {step.why}',
        indent + "  ",
        indent,
    )
