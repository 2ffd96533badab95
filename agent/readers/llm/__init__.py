"""A language model reads the evidence beside the rules; it claims, `agent.draft` verifies.

Where to look, in the order of the flow. The prompts themselves stand in `prompts/`.

The run
    reader.py         four calls side by side, what became of each, what it cost
    plan.py           what would be sent, for `--dry-run`; tokens.py estimates its size
    cache.py          finished calls, so that nothing is paid for twice

A call: what is asked, checked, and made of the answer
    call.py           the form of a call
    trust.py, alignment.py, overlap.py, dependencies.py
                      the four of them
    material.py       what a call is made from, and where its quotes are looked up
    shown.py          the evidence as a model sees it
    wire.py           the shape of the answers
    problems.py       what is wrong with an answer, as sentences for the model
    said.py           a model's words, cleaned and cut
    tools.py          what it may look up

The conversation
    types.py          what goes in and comes out
    chat.py           tools, schema, one repair; messages.py keeps what was said
    schema.py         an answer type as a JSON schema, and JSON as an answer
"""
