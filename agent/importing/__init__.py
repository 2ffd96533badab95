"""What an office has in documents and tables → drafts of entries in its knowledge.

duties      sentences that ask for something     naming      titles, severity and look_for of them
planned     drafts of a document or a table      compared    with what stands in the knowledge
rendering   a draft as front matter              writing     into the files, edits kept
A draft counts for nothing until a person accepts it (`knowledge/accepting.py`).
"""
