"""Documents that an office has (PDF, Word, web page, markdown) as plain blocks of cleaned text.

Owns what is read of a document and what is left out; it knows nothing of duties or entries. What a
document says, to a reviewer too, is only text.
"""
