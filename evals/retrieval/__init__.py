"""How well is overlap found? Descriptions with known counterparts, searched in their catalogue.

`register` reads the files, `corpus` says what a query may see, `methods` search, `metrics` and
`bootstrap` count, `measure` joins them into one result, `report` and `plots` show it.
"""
