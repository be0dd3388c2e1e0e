"""Writing a policy database: built whole beside the old one and moved into its place."""

from __future__ import annotations

import glob
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import DatabaseError
from knowledge.schema import APPLICATION, TABLES, VERSION
from knowledge.store import Row

if TYPE_CHECKING:
    import sqlite_utils

ABANDONED = 3600.0
"""Seconds after which a half-built file that nobody wrote to is taken as left behind."""
_MAGIC = b"SQLite format 3\0"


def replaceable(path: Path) -> None:
    """DatabaseError when something stands at `path` that a new database must not take the place of.

    A policy database is known by its header alone (SQLite's magic, and our application id in bytes 68 to 72), so that a
    damaged one, or one of another version, can be built anew. https://www.sqlite.org/fileformat2.html#the_database_header
    """
    try:
        if not path.exists():
            return
        if not path.is_file():  # a folder, or a device
            raise DatabaseError(f"{path}: is not a file, so no database can be written there")
        with path.open("rb") as file:
            header = file.read(72)
    except OSError as error:
        raise DatabaseError(f"{path}: cannot be read: {error}") from None
    if header and not (header.startswith(_MAGIC) and int.from_bytes(header[68:72], "big") == APPLICATION):
        raise DatabaseError(f"{path}: holds something else than a policy database and is left as it is")


@contextmanager
def created(path: Path) -> Iterator[sqlite_utils.Database]:
    """A new database that takes `path`'s place when the block ends well; else the old one stays untouched."""
    import sqlite_utils

    replaceable(path)
    path = Path(os.path.realpath(path))  # a link keeps pointing at the database, which is what is replaced
    path.parent.mkdir(parents=True, exist_ok=True)
    _swept(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    os.close(handle)
    fresh = Path(name)
    try:
        with closing(sqlite3.connect(fresh)) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")  # a build that fails is thrown away, not rolled back
            database = sqlite_utils.Database(connection)
            _make_tables(database)
            yield database
            connection.commit()
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.commit()
            connection.execute("VACUUM")
        fresh.chmod(0o644)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _swept(path: Path) -> None:
    """Removes what builds that were killed left behind; a younger file may be that of a build that still runs."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.new*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED:
                left.unlink()


def _make_tables(database: sqlite_utils.Database) -> None:
    for table in TABLES:
        made = database.table(table.name)
        made.create(
            dict(table.columns),
            pk=table.key,
            foreign_keys=[(column, other, _key_of(other)) for column, other in table.foreign],
        )
        for columns in table.indexes:
            made.create_index(list(columns))


def _key_of(name: str) -> str:
    key = next(table.key for table in TABLES if table.name == name)
    return key if isinstance(key, str) else key[0]


def write(database: sqlite_utils.Database, rows: Mapping[str, Sequence[Row]]) -> None:
    """Puts rows into their tables, a whole table at a time, in the schema's order."""
    for table in TABLES:
        if rows.get(table.name):
            database.table(table.name).insert_all(rows[table.name], batch_size=2000)
