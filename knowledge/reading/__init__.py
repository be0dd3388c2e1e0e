"""From files to documents: text as the source has it, and the metadata that the source says of itself.

    sources     which files there are, and the reader of each kind
    archives · files   zip archives, read where they lie; an open file, wherever it is
    encodings   bytes → text
    html · markdown · jsonl · docx · pdf   one module a format: its text, headings and declared metadata
    docx: styles, lists → wordml → the writer of html
    pdf: pdf_worker (a process of its own): glyphs → grids, typeset → sheets
    lines → labels, furniture → layout → metadata, titles → documents   what a text's head and foot say

A new format is a module that gives text, marks and metadata to `documents.document`, and a row in `sources.READERS`.

What a hostile file can do is bounded: each format says its limits beside its reader.
"""

from knowledge.reading.documents import document
from knowledge.reading.sources import gather, read

__all__ = ["document", "gather", "read"]
