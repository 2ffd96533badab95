"""What is searched for: the parts of a proposal that say what it does, for whom, with what data.

Costs, dates, people and protective measures are left out: they look alike in every proposal.
"""

from typing import Final

from agent.schema.proposal import Proposal, Sentence
from knowledge.patterns import lazy

WORDS: Final = 100
"""So many words at most; a longer query blurs."""
WIDE: Final = 300
"""Words of each side when two proposals are compared: both are long, and share their trade."""
PURPOSE: Final = lazy(
    r"\b(summary|purpose|what|idea|solution|proposal|description|does|how it works|function\w*|"
    r"scope|use case|overview|introduction|objective|abstract|approach|system|product|would like|"
    r"in short|in brief|build|who|users?|audience|data|inputs?|outputs?)\b"
)
SKIPPED: Final = lazy(
    r"\b(costs?|budget|money|roll-?out|time ?(line|table)|plan|schedule|milestones?|risks?|wrong|"
    r"security|trust|privacy|bias|fair\w*|safety|monitor\w*|test\w*|owners?|team|people|roles?|"
    r"success|measures?|metrics?|kpis?|governance|compliance|legal|log\w*|alternatives?|train\w*|"
    r"open|oversight|transparen\w*|appeal|complaint|explanation|retention|keeping|deletion|benefits?|"
    r"business case|goals?|references|appendix|glossary|operations?|incident\w*|fallback|supplier|"
    r"how good|history|next steps|outlook|later|review|contact|approval)\b"
)
READ: Final = frozenset({"prose", "item", "row"})
FROM_PURPOSE: Final = 6
FROM_OTHER: Final = 3


def search_text(proposal: Proposal, limit: int = WORDS) -> str:
    """Title, then sentences of purpose-like sections, then the first ones of others."""
    chosen = purpose_sentences(proposal, limit // WORDS) or [
        s for s in proposal.sentences if s.kind in READ
    ]
    words = proposal.title.split()
    for sentence in chosen:
        words.extend(sentence.text.replace("|", " ").split())
        if len(words) >= limit:
            break
    return " ".join(words[:limit])


def purpose_sentences(proposal: Proposal, share: int) -> list[Sentence]:
    """In two runs over the text: what says its purpose first; `share` times as much of each."""
    first: list[Sentence] = []
    then: list[Sentence] = []
    taken: dict[int, int] = {}
    for sentence in proposal.sentences:
        if sentence.kind not in READ:
            continue
        taken[sentence.section] = taken.get(sentence.section, 0) + 1
        path = proposal.sections[sentence.section].path if proposal.sections else ()
        heading = path[-1].lower() if len(path) > 1 else ""
        purposeful = not heading or PURPOSE.search(heading) is not None
        if heading and SKIPPED.search(heading):
            continue
        if purposeful and taken[sentence.section] <= share * FROM_PURPOSE:
            first.append(sentence)
        elif not purposeful and taken[sentence.section] <= share * FROM_OTHER:
            then.append(sentence)
    return [*first, *then]
