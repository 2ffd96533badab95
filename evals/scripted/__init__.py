"""A model endpoint that answers from a script: real HTTP on loopback, for tests, bench and demos.

`request` and `strict` check what it is sent against the published API, `reply` says what it can
answer and how it can misbehave, `server` serves it. It is no model and measures none.
"""
