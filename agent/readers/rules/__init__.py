"""The deterministic reader, one dimension a file: pure, no clock, no randomness, no I/O.

Where to look, in the order of the flow. `reader.py` joins the dimensions into one assessment.

The text, made ready once for several dimensions
    passages.py       its sentences, each with the heading, question, key and list line above it
    index.py          the same sentences by their stems: where a cue stands
    elsewhere.py      which sentences speak of another system of the house
    instructions.py   which sentences talk to the reviewer instead of describing the system
    lexicon.py        words that stand for one another, and words that carry nothing

Trust: is a requirement met? "Appeal" is an entry of `practices_people.py`, is looked for by
`signs.py`, and is decided in `weighing.py`
    trust.py          a reading of every requirement, a claim for what is missing
    asked.py          one requirement made ready: its cues, its topic, its vocabulary
    cues.py           the syntax of `look_for`, compiled
    practices.py      which measure of the field a requirement's title stands for
    practice.py, practice_words.py, practices_{people,data,proof,running}.py
                      how teams write of each measure: the form, shared words, the entries
    signs.py          every passage that speaks of the requirement
    naming.py         ... because a heading, a key or a question names it
    practised.py      ... because it tells of the measure the way teams do
    weighing.py       from these passages to the status: what proves what
    trails.py         where an absent measure was looked for, and why that does not satisfy
    trust_claims.py   title, claim, ask and severity of what is missing; the questions on facts

Overlap: does it exist already?
    overlap.py        a row for each candidate that the search found near
    relations.py      from how near it is, by words and facets, to the relation
    twins.py          two proposals beside each other: one relation for both drafts
    facets.py         how both sides compare, facet by facet, with the words of each
    sides.py          what is known of either side, and where it says so
    facet_behaviour.py  ... of how it behaves towards people
    results.py        kinds of result that a text speaks of
    titles.py         what two systems are called: the same thing, or sister products
    advice.py         what would be missing to reuse it; join, extend or justify, and why
    retirement.py     since when an entry is retired, and what took its place
    reuse.py          what the text says of the other: builds on it, uses it, differs from it
    reuse_quotes.py   the pair of sentences that shows what is alike
    overlap_claims.py which comparisons become claims, their wording and severity

Alignment: does it serve the office's goals?
    alignment.py      a reading of every goal: goal.conflict, goal.none
    ruled_out.py      whether the proposal does what a goal rules out
    ruled_out_phrase.py, ruled_out_words.py
                      such a phrase taken apart; words that may stand for one another in it
    worth.py          measure.none, value.alternative, workflow.disrupted

Consistency: does it behave towards people as the other products do?
    consistency.py    the proposal beside patterns and siblings: pattern.breach, sibling.differs
    behaviours.py     a sentence on notice, hand-off, appeal, ... taken apart; behaviour_words.py
    laxer.py          whether one behaviour is laxer than another
    ceiling.py        a pattern that sets a ceiling on automation

Every dimension but trust, and the model's reader too
    findings.py       dimension, severity and title of each built-in finding

Dependencies, ownership, hygiene
    dependencies.py   what it leans on: registered, alive?
    ownership.py      who is accountable; people.py reads persons and posts out of sentences
    hygiene.py        contradicting facts, hidden text, words to the reviewer
    fields.py         front matter that nothing reads: misspelt fields, unknown roles
"""
