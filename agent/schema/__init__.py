"""The domain types, one file for each step of the flow; frozen, nothing extra allowed.

base        Frozen, digest()
proposal    Declared (front matter), Sentence, Section, Fact, Proposal
evidence    Candidate, Applicable, Mention, Evidence: what was gathered
assessment  Quote, readings, Claim, Assessment: what a reader claims
draft       Citation, Finding, ..., Draft: what passed verify
decision    Edit, Override, Condition, Decision: what a person decides
"""
