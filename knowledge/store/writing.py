"""Writing a policy database: a new file beside the old one, made anew or as a changed copy, and moved into its place.

The file in use is never written, so whoever reads it reads it whole; who is killed in between leaves it as it was.
"""

from __future__ import annotations

import fcntl
import glob
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from knowledge.errors import DatabaseError
from knowledge.schema import APPLICATION, TABLES, VERSION
from knowledge.store.editing import Editor

LONGEST_WAIT = 120.0
"""Seconds that one waits for another who writes a database in the same folder."""
_LOOKED_EVERY = 0.05
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
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One at a time writes databases in a folder; another waits (`waiting` is called once), at most `LONGEST_WAIT` seconds.

    The lock is on the folder itself and ends with the process that holds it, however that ends. What a killed one left
    behind is swept. DatabaseError when it takes longer.
    """
    folder = Path(os.path.realpath(path)).parent
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        _take(handle, path, waiting)
        _sweep(path)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path, waiting: Callable[[], None]) -> None:
    until = time.monotonic() + LONGEST_WAIT
    told = False
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise DatabaseError(f"{path}: is being written by another process; try again later") from None
        if not told:
            waiting()
            told = True
        time.sleep(_LOOKED_EVERY)


def _sweep(path: Path) -> None:
    """Removes what was left behind half-written: who holds the lock knows that nobody writes it any more."""
    real = Path(os.path.realpath(path))
    for left in real.parent.glob(f".{glob.escape(real.name)}.*.new*"):
        with suppress(OSError):
            left.unlink()


@contextmanager
def created(path: Path) -> Iterator[Editor]:
    """A new database that takes `path`'s place when the block ends well; else the old one stays untouched. Under `locked`."""
    replaceable(path)
    with _beside(path) as fresh, closing(_opened(fresh)) as connection:
        _make_tables(connection)
        yield Editor(connection)
        _make_indexes(connection)
        connection.commit()
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.commit()


@contextmanager
def changed(path: Path, start: Path) -> Iterator[Editor]:
    """A copy of the database `start` that takes `path`'s place when the block ends well and has changed it. Under `locked`."""
    with _beside(path) as fresh:
        shutil.copyfile(start, fresh)
        with closing(_opened(fresh)) as connection:
            yield Editor(connection)
            connection.commit()
            unchanged = connection.total_changes == 0
        if unchanged:
            fresh.unlink()


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A new file beside `path` that takes its place when the block ends well and has not thrown it away."""
    path = Path(os.path.realpath(path))  # a link keeps pointing at the database, which is what is replaced
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    fresh = Path(name)
    try:
        yield fresh
        if fresh.exists():
            fresh.chmod(0o644)
            os.fsync(handle)
            fresh.replace(path)
    finally:
        os.close(handle)
        fresh.unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to a file that is thrown away, not rolled back, when writing it fails."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")  # it is synced once, whole, before it is moved
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    import sqlite_utils

    database = sqlite_utils.Database(connection)
    for table in TABLES:
        foreign = [(column, other, _key_of(other)) for column, other in table.foreign]
        database.table(table.name).create(dict(table.columns), pk=table.key, foreign_keys=foreign)


def _make_indexes(connection: sqlite3.Connection) -> None:
    """The indexes, once all rows are in: sorting them once is cheaper."""
    import sqlite_utils

    database = sqlite_utils.Database(connection)
    for table in TABLES:
        for columns in table.indexes:
            database.table(table.name).create_index(list(columns))


def _key_of(name: str) -> str:
    key = next(table.key for table in TABLES if table.name == name)
    return key if isinstance(key, str) else key[0]
