"""The longer queries of the policy database; `{}` is filled with places for values, or with a table's name."""

from __future__ import annotations

PAGE = (
    "id",
    "title",
    "issuer",
    "date",
    "number",
    "index_number",
    "status",
    "subject",
    "disclosure",
    "url",
    "effective_from",
    "effective_to",
)
DOCUMENTS = (
    f"SELECT n, version, {', '.join(PAGE)}, place, reading, "  # noqa: S608  # our own names
    "length(text) AS size FROM documents WHERE current = 1 ORDER BY n"
)
ALL_FIGURES = (
    "SELECT f.* FROM figures f JOIN sections s ON s.n = f.section JOIN documents d ON d.n = s.document "
    "WHERE d.current = 1 ORDER BY f.n"
)
CONFLICTS = (
    'SELECT c."first", c."second", s.document FROM conflicts c JOIN figures f ON f.n = c."first" JOIN sections s ON s.n = f.section '
    'JOIN documents d ON d.n = s.document WHERE d.current = 1 ORDER BY c."first", c."second"'
)
TASKS = (
    "SELECT a.section, s.document, a.unit, a.name, a.role FROM assignments a JOIN sections s ON s.n = a.section "
    "JOIN documents d ON d.n = s.document WHERE d.current = 1 AND a.unit IN ({}) ORDER BY a.section, a.n"
)
HOLDING = (
    'SELECT DISTINCT s.document, s.n FROM "{}" f JOIN sections s ON s.n = f.section '
    "JOIN documents d ON d.n = s.document WHERE d.current = 1"
)
