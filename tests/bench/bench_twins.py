"""Twins among 3,000 waiting proposals: in process, from files to pairs and clusters."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from agent.twins import find_twins
from agent.waiting import in_files, known
from knowledge.embed import load_embedder
from tests.bench.row import Row

COUNT = 3_000
TENTH = 10
"""Each tenth proposal repeats an earlier one, two sentences in five in other words."""
SENTENCES = 10
BAR = 20.0
"""Seconds."""
TRADES = """
invoice ledger payment supplier discount refund audit bookkeeper voucher balance
patient ward nurse prescription dosage scan surgeon diagnosis allergy discharge
harvest field soil tractor irrigation seed pest orchard yield barn
bridge girder crack weld inspector load concrete tunnel rail signal
parcel depot van driver route warehouse pallet barcode shelf courier
pupil lesson teacher exam homework classroom grade textbook timetable library
tenant landlord lease flat repair heating meter boiler roof plumber
flight runway pilot gate luggage crew delay fuel cockpit hangar
whale trawler harbour tide buoy salmon reef anchor catch ferry
forest trail wildfire ranger timber sapling drought smoke canopy deer
court judge hearing statute lawyer appeal verdict witness contract clause
burglary patrol witness camera precinct fingerprint arrest detective siren warrant
recipe kitchen oven menu waiter allergen spice banquet chef pantry
turbine grid transformer outage voltage cable substation solar battery windmill
satellite orbit telescope comet spectrum antenna rover crater launch payload
museum painting curator exhibit sculpture ticket archive restoration gallery fresco
vaccine virus laboratory sample petri microscope enzyme protein mutation culture
firewall password server phishing login malware router backup certificate network
survey respondent questionnaire census household income interview sample ballot district
glacier snow avalanche slope sensor borehole ice meltwater summit weather
song radio listener concert playlist microphone studio album choir orchestra
shirt fabric loom dye button tailor zipper sewing fashion cotton
candidate vacancy recruiter interview resume payroll shift overtime holiday manager
river dam flood gauge levee rainfall reservoir pump sewage drain
"""


def bench_twins() -> Iterator[Row]:
    """A first small run warms imports and patterns; it is not counted."""
    embed = load_embedder().embed
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in proposal_texts(COUNT).items():
            (root / f"{name}.md").write_text(text, encoding="utf-8")
        files = sorted(root.glob("*.md"))
        find_twins(in_files(files[:50], root, {})[0], embed)
        start = perf_counter()
        waiting, failed = in_files(files, root, {})
        twins = find_twins(waiting, embed)
        took = perf_counter() - start
    if failed or not COUNT / 20 < len(twins.pairs) < 5 * COUNT:
        raise RuntimeError(f"{len(failed)} files failed, {len(twins.pairs)} pairs")
    yield Row(f"twins, {COUNT:,} files, {len(twins.pairs):,} pairs", took, BAR)
    on_record = [known(w.pending) for w in waiting]
    start = perf_counter()
    find_twins(on_record, embed)
    yield Row(f"twins, {COUNT:,} on record", perf_counter() - start, BAR)


def proposal_texts(count: int) -> dict[str, str]:
    """Proposals of some 1,000 characters by seeded code, each on two trades."""
    chance = random.Random(41)
    trades = [line.split() for line in TRADES.strip().split("\n")]
    said: list[list[str]] = []
    for number in range(count):
        words = [word for trade in chance.sample(trades, 2) for word in chance.sample(trade, 6)]
        sentences = [_sentence(chance, words) for _ in range(SENTENCES)]
        if number % TENTH == 0 and number:
            before = chance.choice(said)
            sentences = [
                s if chance.random() < 0.4 else b for s, b in zip(sentences, before, strict=True)
            ]
        said.append(sentences)
    return {f"proposal-{n:04}": _written(n, sentences) for n, sentences in enumerate(said)}


def _sentence(chance: random.Random, words: list[str]) -> str:
    one, two, three, four = chance.sample(words, 4)
    verb = chance.choice(("reads", "sorts", "drafts", "flags", "ranks", "translates", "matches"))
    who = chance.choice(("clerks", "engineers", "planners", "analysts", "inspectors"))
    return (
        f"The assistant {verb} each {one} and {two} so that {who} see the {three} and the {four}."
    )


def _written(number: int, sentences: list[str]) -> str:
    head = f"---\nid: proposal-{number:04}\nteam: Team {number % 40}\nowner: Ada Brook\n---\n"
    title = " ".join(sentences[0].split()[4:7]).title()
    what, data = " ".join(sentences[:6]), " ".join(sentences[6:])
    return f"{head}# {title} {number}\n\n## What it does\n\n{what}\n\n## Data\n\n{data}\n"
