"""What the words of a body say about each fact; one module a family of facts.

passage     Passage: a sentence with its topic, and which sentences speak of this system now
automation  data  people (audience, affected)  making (stage, generates, supplier)  place (region,
domain)     each `see(passage) -> list[Sight]`, pure, a guess is never made
"""
