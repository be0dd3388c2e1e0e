"""From a document to all that it says, through tables of rules; `parser` is the door.

Nothing is imported here: answering needs the cutting of clauses and must not wait for every parser.
"""
