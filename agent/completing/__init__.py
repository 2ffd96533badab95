"""What is worth completing in an office's knowledge, and what in it can never matter.

gaps        what an entry does not say        usage       how often reviews came near it
unmatched   values that nothing can match     status      all of it in order, for a person
Reads; changes nothing.
"""
