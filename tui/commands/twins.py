"""`concord twins`: which waiting proposals overlap, once each, and who should talk to whom."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path

from agent.batch import proposal_files
from agent.errors import ProposalError
from agent.others import Others
from agent.schema.twins import TwinCluster, TwinPair, Twins, TwinSide, Unread
from agent.settings import Settings, load_settings
from agent.twins import find_twins
from agent.waiting import Waiting, in_files, in_office
from agent.wiring import check_of, embedding, open_knowledge, open_record
from tui.out import Progress, put, put_json, say, wrapped

SOME_FAILED = 4
SHOWN = 50
"""So many pairs are printed; `--json` has all."""
NAMED = 8
"""So many initiatives of one value of a facet."""


def run(paths: Sequence[Path], office: Path | None, least: float, as_json: bool) -> int:
    settings = load_settings(office, paths[0] if paths else None)
    with Progress("reading") as progress:
        waiting, failed = _waiting(paths, settings, progress)
    with Progress("comparing") as progress:
        embed = embedding()
        twins = find_twins(waiting, embed, least=least, failed=failed, progress=progress)
    for row in twins.failed:
        say(row.error)
    if as_json:
        put_json(twins.model_dump(mode="json", by_alias=True))
    else:
        for line in lines(twins):
            put(line)
    return SOME_FAILED if twins.failed else 0


def _waiting(
    paths: Sequence[Path], settings: Settings, progress: Progress
) -> tuple[list[Waiting], list[Unread]]:
    if paths:
        files = proposal_files(paths, settings.decisions if settings.office else None)
        if not files:
            raise ProposalError(f"{paths[0]}: no proposal (*.md) stands there")
        return in_files(files, settings.office or Path.cwd(), settings.facts, progress)
    folder = [settings.proposals] if settings.proposals.is_dir() else []
    files = proposal_files(folder, settings.decisions)
    there = settings.record.exists()
    with open_record(settings, create=False) if there else nullcontext() as store:
        on_record = []
        if store is not None:
            rules = check_of(open_knowledge(settings), settings).rules
            on_record = Others(store, settings.facts, rules).pending()
        return in_office(store, on_record, files, settings.root, settings.facts, progress)


def lines(twins: Twins) -> Iterable[str]:
    """Clusters, then the pairs that stand in none."""
    inside = {name: c.name for c in twins.clusters for name in c.members}
    alone = [p for p in twins.pairs if not (p.a in inside and inside[p.a] == inside.get(p.b))]
    yield _counts(twins)
    for cluster in twins.clusters:
        yield ""
        yield from _cluster_lines(cluster, twins)
    for pair in alone[:SHOWN]:
        yield ""
        yield from _pair_lines(pair, twins)
    if len(alone) > SHOWN:
        yield ""
        yield f"... and {len(alone) - SHOWN} more pairs: --json lists all"
    if twins.left_out:
        yield wrapped(
            f"{twins.left_out} further pairs may be near and were not compared: too many texts are"
            " alike",
            "",
        )


def _counts(twins: Twins) -> str:
    def many(count: int, word: str) -> str:
        return f"{count} {word}{'' if count == 1 else 's'}"

    overlap = "1 pair overlaps" if len(twins.pairs) == 1 else f"{len(twins.pairs)} pairs overlap"
    found = f"{overlap}, {many(len(twins.clusters), 'cluster')}"
    return f"{many(twins.proposals, 'waiting proposal')} compared: {found}"


def _cluster_lines(cluster: TwinCluster, twins: Twins) -> Iterable[str]:
    count = f"{len(cluster.members)} proposals, {cluster.pairs} pairs the same"
    yield wrapped(f"CLUSTER {cluster.name}  {cluster.title}  ({count})", "  ", "")
    for name in cluster.members:
        yield _side_line(twins.sides[name])
    for facet, values in cluster.differs.items():
        told = "; ".join(f"{value} ({_few(names)})" for value, names in values.items())
        yield wrapped(f"{facet}: {told}", "      ", "    differ in ")
    yield wrapped(cluster.talk, "       ", "    -> ")


def _pair_lines(pair: TwinPair, twins: Twins) -> Iterable[str]:
    title = ", the same title" if pair.same_title else ""
    near = f"meaning {max(pair.dense, 0):.0%}, words {pair.words:.0%} alike{title}"
    yield wrapped(
        f"{pair.a} + {pair.b}  {pair.relation.replace('_', ' ')}, chance of being the same"
        f" {pair.probability:.0%} ({near})",
        "  ",
        "",
    )
    yield _side_line(twins.sides[pair.a])
    yield _side_line(twins.sides[pair.b])
    if same := [name for name, facet in pair.facets.items() if facet.value == "same"]:
        yield wrapped(", ".join(same), "      ", "    the same: ")
    for name, facet in pair.facets.items():
        if facet.value in ("similar", "different"):
            both = f"{', '.join(facet.a) or '?'} | {', '.join(facet.b) or '?'}"
            shown = f": {both}" if facet.a or facet.b else ""
            yield wrapped(f"{name}{shown}", "      ", f"    {facet.value}: ")
    yield wrapped(pair.talk, "       ", "    -> ")


def _side_line(side: TwinSide) -> str:
    people = ", ".join(part for part in (side.team, side.owner) if part) or "no team named"
    when = side.submitted or "not handed in"
    return wrapped(f"{side.title} ({people}; {when})", "      ", f"    {side.initiative}  ")


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
