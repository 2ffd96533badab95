"""What the organisation already knows: entries, their index and search.

Imports nothing else of Concord; takes and gives plain values.
"""
