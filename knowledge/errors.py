"""What can go wrong with data, as one small family.

KnowledgeError          the root: the message names the file or text, and the place
├── SourceError         a source that cannot be read: missing, empty, binary
├── DatabaseError       a database that is missing, broken or of another version
└── LexiconError        a lexicon row that cannot be used
"""


class KnowledgeError(Exception):
    """Broken data; `str(error)` is one line for people that says what and where."""


class SourceError(KnowledgeError):
    """A source that cannot be read as a document."""


class DatabaseError(KnowledgeError):
    """A policy database that cannot be opened or written."""


class LexiconError(KnowledgeError):
    """A lexicon file or row that cannot be used."""
