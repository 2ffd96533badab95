"""Dependencies: what the proposal leans on, and whether that is registered and alive.

Judges declared names, registered names in the text, and names in phrases such as `data from X`. A
foundation that the office does not register can only be asked about where a register is kept.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from agent.intake.cues.passage import ASIDE_TOPIC, READ_OF
from agent.intake.language import judge
from agent.readers.rules import findings
from agent.readers.rules.consistency import UNREAD
from agent.readers.rules.reuse import quote
from agent.schema.assessment import Assessment, Claim, Covered, Quote
from agent.schema.evidence import Evidence, Mention
from agent.schema.proposal import Proposal, Sentence
from knowledge.entries import Asset, Capability
from knowledge.patterns import lazy

LEANING: Final = ("depends_on", "reuses")
ID: Final = lazy(r"(?<![\w-])([A-Z]{2,12})-(\d{1,5})(?![\w-])")
ID_KINDS: Final = frozenset({"CAP", "GOAL", "PAT", "AST", "TRUST"})
_NAME: Final = r"(?P<name>[A-Z][\w&+-]*(?:[ -](?:[A-Z0-9][\w&+-]*|of|and(?= [A-Z])))*)"
_KIND: Final = (
    r"(?:database|data ?warehouse|data ?lake|data ?mart|system|register|registry|platform|archive|"
    r"data ?set|feed|api|interface|mainframe|repository|store|tables?)"
)
PULLS: Final = (
    lazy(
        r"\b(?:pull(?:s|ed)?|fetch(?:es|ed)?|load(?:s|ed)?|import(?:s|ed)?|read(?:s)?|comes?|taken|"
        r"exported|queried|retrieved|copied|synced|data|records|figures|tables?) "
        rf"(?:\w+ ){{0,3}}?(?:from|out of) (?:the |our )?{_NAME}(?: (?P<kind>{_KIND}))?\b"
    ),
    lazy(rf"\b(?:the|our|from|in|into|to) {_NAME} (?P<kind>{_KIND})\b"),
)
_NO_NAMES: Final = """
i we it the a an this that these those each every all no data ai monday tuesday wednesday thursday
friday saturday sunday january february march april may june july august september october november
december eu uk us gdpr api pdf csv excel sql crm erp hr customers customer legal finance claims
marketing sales compliance
"""
NO_NAMES: Final = frozenset(_NO_NAMES.split())
_LEANS: Final = lazy(
    r"\b(uses?|using|reads?|from|takes?|pull\w*|fetch\w*|stor(?:e|es|ed)|writes? to|in|into|"
    r"through|"
    r"runs? on|built on|builds? on|depends? on|needs?|calls?|via|relies on|by|with|to)\b"
)


class Foundation(NamedTuple):
    """Something registered that the proposal leans on."""

    entry: Asset | Capability
    shown: Quote
    declared: bool


class Unnamed(NamedTuple):
    """A name in the text that looks like a system and that no entry has."""

    name: str
    sentence: Sentence


def read(proposal: Proposal, evidence: Evidence) -> Assessment:
    claims = [*_retired(proposal, evidence), *_not_running(proposal, evidence)]
    registered = bool(evidence.registry.get("assets_folder"))
    if registered:
        claims.extend(_unregistered(proposal, evidence))
    claims.extend(_unknown_ids(proposal, evidence))
    return Assessment(
        reader="rules",
        claims=tuple(claims),
        coverage={"dependencies": _coverage(proposal, evidence)},
    )


def _foundations(proposal: Proposal, evidence: Evidence) -> Iterator[Foundation]:
    """What the proposal leans on, each with the place that shows it: declared first."""
    entries: dict[str, Asset | Capability] = {a.id: a for a in evidence.assets}
    entries |= {c.id: c for c in evidence.capabilities}
    seen: set[str] = set()
    ordered = sorted(evidence.mentions, key=lambda m: (m.declared not in LEANING, m.start))
    for mention in ordered:
        if mention.entry not in entries or mention.entry in seen:
            continue
        shown = _shows_leaning(mention, proposal)
        if shown is not None:
            seen.add(mention.entry)
            yield Foundation(entries[mention.entry], shown, bool(mention.declared))


def _shows_leaning(mention: Mention, proposal: Proposal) -> Quote | None:
    """A declared name; an asset's name in a sentence on this system; a capability's in one that
    leans on it."""
    text = proposal.source.text
    if mention.declared:
        if mention.declared not in LEANING:
            return None
        return Quote(source="proposal", text=text[mention.start : mention.end], start=mention.start)
    sentence = next((s for s in proposal.sentences if s.start <= mention.start < s.end), None)
    if sentence is None or sentence.kind in ("heading", "question", "quote"):
        return None
    path = proposal.sections[sentence.section].path if proposal.sections else ()
    if ASIDE_TOPIC.search(" / ".join(path).lower()):
        return None
    judged = judge(sentence.text)
    written = text[mention.start : mention.end]
    proper = any(c.isupper() for c in written[1:]) or written[:1].isupper()
    if (
        judged.negated
        or judged.other_system
        or not proper
        or not _LEANS.search(sentence.text.lower())
    ):
        return None
    return quote(sentence)


def _retired(proposal: Proposal, evidence: Evidence) -> Iterator[Claim]:
    assets = {asset.id: asset for asset in evidence.assets}
    for entry, shown, _ in _foundations(proposal, evidence):
        if entry.status != "retired":
            continue
        successor = entry.successor if isinstance(entry, Asset) else ""
        following = assets.get(successor)
        name = f"{following.title} ({successor})" if following else successor
        gone = following is not None and following.status == "retired"
        told = f"its successor is {name}{', which is retired too' if gone else ''}"
        usable = name and not gone
        ask = (
            f"Use {name} instead"
            if usable
            else f"Ask {entry.owner or 'its owner'} what replaces it"
        )
        yield Claim(
            rule="dependency.retired",
            subject=entry.id,
            **findings.leans_on_retired(entry)._asdict(),
            claim=f"{entry.id} “{entry.title}” is retired"
            + (f"; {told}." if name else "; no successor is named."),
            ask=f"{ask}, or say how the work goes on without it.",
            quotes=(shown, *status_line(entry)),
        )


def _not_running(proposal: Proposal, evidence: Evidence) -> Iterator[Claim]:
    """A foundation that is only planned: nothing stands there yet."""
    for entry, shown, declared in _foundations(proposal, evidence):
        if entry.status != "planned":
            continue
        yield Claim(
            rule="dependency.unregistered",
            subject=entry.id,
            **findings.leans_on_planned(entry, declared=declared)._asdict(),
            claim=f"{entry.id} “{entry.title}” is planned and does not run yet.",
            ask=f"Agree with {entry.owner or 'its owner'} when it will be there, and say what "
            "happens until then.",
            quotes=(shown, *status_line(entry)),
        )


def status_line(entry: Asset | Capability) -> tuple[Quote, ...]:
    """The line of its file that says so."""
    found = re.search(r"(?m)^status:.*$", entry.source.text)
    if found is None:
        return ()
    return (Quote(source=entry.id, text=found.group().rstrip(), start=found.start()),)


def _unregistered(proposal: Proposal, evidence: Evidence) -> Iterator[Claim]:
    declared = {*proposal.declared.depends_on, *proposal.declared.reuses}
    missing = [name for name in evidence.undeclared_names if name in declared]
    taken = {name.casefold() for name in missing}
    for name in missing:
        yield _unregistered_claim(name, _in_front_matter(name, proposal), declared=True)
    for unnamed in _names_in_text(proposal, evidence):
        if unnamed.name.casefold() not in taken:
            taken.add(unnamed.name.casefold())
            yield _unregistered_claim(unnamed.name, quote(unnamed.sentence), declared=False)


def _unregistered_claim(name: str, shown: Quote | None, *, declared: bool) -> Claim:
    where = "The front matter names" if declared else "The text takes data from"
    return Claim(
        rule="dependency.unregistered",
        subject=" ".join(name.casefold().split()),
        **findings.unregistered(name, declared=declared)._asdict(),
        claim=f"{where} {name}, which no entry of the register has.",
        ask=f"Register {name} with an owner, or give the name under which it is registered.",
        quotes=(shown,) if shown else (),
    )


def _in_front_matter(name: str, proposal: Proposal) -> Quote | None:
    start = proposal.source.text.find(name, 0, proposal.body)
    return Quote(source="proposal", text=name, start=start) if start >= 0 else None


def _names_in_text(proposal: Proposal, evidence: Evidence) -> Iterator[Unnamed]:
    """Names in phrases that only a source of data fits, in sentences about this system."""
    registered = [(m.start, m.end) for m in evidence.mentions if not m.declared]
    own = {proposal.title.casefold(), proposal.declared.team.casefold()}
    for sentence in proposal.sentences:
        if sentence.kind not in ("prose", "item", "row"):
            continue
        for pattern in PULLS:
            for found in pattern.finditer(sentence.text, 0, READ_OF):
                name = found.group("name").strip()
                start = sentence.start + found.start("name")
                known = any(start < b and a < start + len(name) for a, b in registered)
                if known or name.casefold() in own or not _is_name(name, found.group("kind")):
                    continue
                judged = judge(sentence.text)
                if not (judged.negated or judged.other_system):
                    yield Unnamed(name, sentence)


def _is_name(name: str, kind: str | None) -> bool:
    """`SAP`, `DataHub`, `Falcon` before `database`; not a month, not a department."""
    parts = [part.casefold() for part in re.split(r"[ -]", name)]
    if all(part in NO_NAMES for part in parts) or len(name) < 3:
        return False
    inner = any(c.isupper() or c.isdigit() for c in name[1:].replace(" ", ""))
    return kind is not None or (inner and len(parts) <= 4)


def _unknown_ids(proposal: Proposal, evidence: Evidence) -> Iterator[Claim]:
    """Ids written like this office's own that no entry has: in the body, or a declared goal's."""
    prefixes = ID_KINDS | {m.group(1) for e in evidence.entries() if (m := ID.fullmatch(e.id))}
    known = {entry.id for entry in evidence.entries()} | {m.entry for m in evidence.mentions}
    known |= {pending.initiative for pending in evidence.pending}
    if evidence.registry.get("assets_folder"):
        known |= {*proposal.declared.depends_on, *proposal.declared.reuses}  # claimed already
    found: dict[str, int] = {}
    for name in evidence.undeclared_names:
        start = proposal.source.text.find(name, 0, proposal.body)
        if ID.fullmatch(name) and start >= 0:
            found[name] = start
    for match in ID.finditer(proposal.source.text, proposal.body):
        if match.group(1) in prefixes:
            found.setdefault(match.group(), match.start())
    for name, start in found.items():
        if name in known:
            continue
        yield Claim(
            rule="reference.unknown",
            subject=name,
            **findings.reference_unknown(name)._asdict(),
            claim=f"The text refers to {name}, and no entry has this id.",
            ask="Correct the reference, or say what it means.",
            quotes=(Quote(source="proposal", text=name, start=start),),
        )


def _coverage(proposal: Proposal, evidence: Evidence) -> Covered:
    capabilities = evidence.registry.get("capability", 0)
    assets = evidence.registry.get("asset", 0)
    counted = _counted(capabilities, "capability", "capabilities")
    note = f"checked against {counted}; the office keeps no asset register"
    state = "partly" if capabilities else "not_checked"
    if evidence.registry.get("assets_folder"):
        registered = _counted(assets, "registered asset", "registered assets")
        note, state = f"checked against {registered} and {counted}", "checked"
    if not proposal.readable:
        state = "not_checked" if state == "not_checked" else "partly"
        note = f"{note}; names alone, for the text is {UNREAD}"
    return Covered(state=state, note=note)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
