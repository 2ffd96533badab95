"""How Concord talks to an endpoint that an office has configured, and to no other.

`fault` names what can go wrong, `endpoint` says where and within which limits, `wire` is the HTTP
client that keeps the limits, `calling` runs one request with deadline, retries and pauses.
"""
