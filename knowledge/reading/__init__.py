"""From files to documents: text as the source has it, and the metadata that the source says of itself.

    sources     which files there are, and the reader of each kind
    encodings   bytes → text
    html · markdown · jsonl   one module a format: its text, headings and declared metadata
    lines → labels, furniture → layout → metadata, titles → documents   what a text's head and foot say

A new format is a module that gives text, marks and metadata to `documents.document`, and a row in `sources.READERS`.
"""

from knowledge.reading.documents import document
from knowledge.reading.sources import gather, read

__all__ = ["document", "gather", "read"]
