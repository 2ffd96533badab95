"""`concord review --dry-run`: exactly what would be sent to a model. Sends and records nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from agent.batch import parsed
from agent.others import Others, pending_of
from agent.readers.permission import refusal
from agent.schema.evidence import Pending
from agent.schema.proposal import Proposal
from agent.schema.reading import Spent
from agent.settings import Settings
from agent.wiring import model_reader, open_library, open_record, require_model, review_of
from knowledge.entries import Precedent
from knowledge.errors import ConcordError
from tui.out import Progress, put, put_json, say
from tui.sending import cost_of

if TYPE_CHECKING:
    from agent.readers.llm.plan import PlannedCall
    from agent.readers.llm.reader import Asks, LlmReader
    from agent.record.store import Store
    from agent.review import Review

SOME_FAILED = 4
Near = Callable[[Proposal], tuple[list[Pending], list[Precedent]]]


def print_plan(files: Sequence[Path], settings: Settings, *, as_json: bool) -> int:
    """Each call of each proposal to stdout, the sum to stderr."""
    if settings.model.readers == "rules":
        say("the rules alone read, so nothing would be sent; --reader both asks a model as well")
        return 0
    require_model(settings)
    with Progress("indexing") as indexing:
        library = open_library(settings, say, indexing)
    proposals, failed = _proposals(files, settings)
    there = settings.record.exists()
    with open_record(settings, create=False) if there else nullcontext() as store:
        review = review_of(library, settings)
        reader = model_reader(library, settings, _nobody, store, say)
        near = _others(proposals, review, store)
        calls = [
            call
            for p in _undecided(proposals, store)
            for call in _printed(p, reader, review, near, settings.model.never_for, as_json=as_json)
        ]
    _say_sum([c for c in calls if not c.kept], len(proposals), settings)
    return SOME_FAILED if failed else 0


def _proposals(files: Sequence[Path], settings: Settings) -> tuple[list[Proposal], int]:
    found: list[Proposal] = []
    failed = 0
    for file in files:
        try:
            found.append(parsed(file, settings.root, settings.facts)[0])
        except ConcordError as error:
            say(str(error))
            failed += 1
    return found, failed


def _others(proposals: Sequence[Proposal], review: "Review", store: "Store | None") -> Near:
    """As in a real run: those on record, and the others of this run that it would submit."""
    new = [p for p in proposals if _on_record(p, store) is None]
    here = [pending_of(p, review.facts) for p in new]
    names = {p.initiative for p in here}
    on_record = Others(store, review.facts, review.rules) if store is not None else None

    def of(proposal: Proposal) -> tuple[list[Pending], list[Precedent]]:
        pending, past = on_record.of(proposal.initiative) if on_record else ([], [])
        both = [p for p in here if p.initiative != proposal.initiative]
        both += [p for p in pending if p.initiative not in names]
        return (
            sorted(both, key=lambda p: p.initiative),
            [p for p in past if p.id not in names],
        )

    return of


def _on_record(proposal: Proposal, store: "Store | None") -> int | None:
    """The newest version's number where it is this very text."""
    if store is None or proposal.initiative not in store.initiatives():
        return None
    newest = store.version(proposal.initiative)
    return newest.n if newest.sha256 == proposal.sha256 else None


def _undecided(proposals: Sequence[Proposal], store: "Store | None") -> Iterator[Proposal]:
    """A decided version is not read again."""
    for proposal in proposals:
        version = _on_record(proposal, store)
        if store is not None and version and store.is_decided(proposal.initiative, version):
            say(f"{proposal.initiative}: nothing would be sent: this version is decided")
        else:
            yield proposal


def _printed(
    proposal: Proposal,
    reader: "LlmReader",
    review: "Review",
    near: Near,
    never_for: Sequence[str],
    *,
    as_json: bool,
) -> Iterator["PlannedCall"]:
    pending, past = near(proposal)
    today = date.today().isoformat()
    evidence = review.gather(proposal, pending=pending, precedents=past, today=today)
    calls = reader.plan(proposal, evidence)
    if not calls:
        why = refusal(proposal, evidence.facts, never_for) or "there is nothing to ask"
        say(f"{proposal.initiative}: nothing would be sent: {why}")
    for call in calls:
        if as_json:
            put_json({"initiative": proposal.initiative} | call.model_dump(mode="json"))
        else:
            for line in _lines(proposal.initiative, call):
                put(line)
        yield call


def _lines(initiative: str, call: "PlannedCall") -> Iterable[str]:
    tools = f"; tools offered first: {', '.join(call.tools)}" if call.tools else ""
    kept = "; answered before, so not sent again" if call.kept else ""
    yield (
        f"===== {initiative}, call {call.name} to {call.host}: {call.bytes:,} bytes, about"
        f" {call.prefix_tokens + call.tokens:,} tokens, {call.prefix_tokens:,} of them the shared"
        f" prefix{tools}{kept}"
    )
    yield "----- system message"
    yield call.system
    yield "----- user message"
    yield call.user
    yield "----- JSON schema of the answer"
    yield call.answer_schema


def _nobody() -> AbstractAsyncContextManager["Asks"]:
    raise AssertionError("a dry run asks nobody")


def _say_sum(calls: Sequence["PlannedCall"], proposals: int, settings: Settings) -> None:
    prefix = sum(c.prefix_tokens for c in calls)
    tokens = sum(c.tokens for c in calls)
    spent = Spent(calls=len(calls), input_tokens=prefix + tokens, cached_tokens=prefix)
    cost = cost_of(settings.model, spent)
    paid = "" if cost is None else f", input about {cost:.4f} {settings.model.currency}"
    say(
        f"dry run, nothing sent: {proposals} proposal{'s' if proposals != 1 else ''},"
        f" {len(calls)} calls, {sum(c.bytes for c in calls):,} bytes, about {tokens:,} tokens and"
        f" {prefix:,} of the shared prefix, which an endpoint may cache{paid}; turns with tools and"
        " repairs would add to it"
    )
