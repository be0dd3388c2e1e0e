"""What the bot remembers, in SQLite or PostgreSQL: its tables, how it is opened, and how it is brought up to date.

It knows nothing of chats and answers, and never touches the policy database. A state that cannot be used is a
SettingError that names WENCE_STATE and shows nothing of its value.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    URL,
    Column,
    Connection,
    DateTime,
    Dialect,
    Double,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.types import TypeDecorator

from bot.settings import SQLITE, SettingError

NAME = "state.db"
MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "wence_version"
LOCK = 0x57454E43
"""The number of the advisory lock under which PostgreSQL brings the state up to date: "WENC"."""
WAIT_SECONDS = 30
CONNECT_SECONDS = 5
SILENT_SECONDS = 15
"""How long a server that went away without a word is waited for."""

# ------------------------------------------------------------------- tables


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, with its zone on the way out; SQLite keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        assert value.tzinfo is not None, "a moment without a zone"
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


TABLES = MetaData()
GAPS = Table(
    "gaps",
    TABLES,
    Column("folded", Text, primary_key=True),
    Column("asked", Text, nullable=False),
    Column("document", Text),
    Column("section", Text),
    Column("score", Double),
    Column("count", Integer, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
)
"""Questions that the documents do not answer: folded, as last asked, the best candidate then, how often, since when."""

# ------------------------------------------------------------------ opening


class State:
    """An opened state of this program's version; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction that is kept when the block ends well."""
        with self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def opened(url: str | None, folder: Path) -> State:
    """The state at a URL as `WENCE_STATE` has it, else the one in the data folder, brought up to date."""
    try:
        engine = _sqlite(folder / NAME) if url is None else _engine(url)
    except (SQLAlchemyError, ValueError):
        raise SettingError("WENCE_STATE：不是可用的地址") from None
    try:
        with engine.begin() as connection:
            _brought_up_to_date(connection)
    except SettingError:
        engine.dispose()
        raise
    except SQLAlchemyError as error:
        engine.dispose()
        raise SettingError(f"WENCE_STATE：{_reason(error, engine.dialect.name)}") from None
    return State(engine)


def _engine(url: str) -> Engine:
    if url.startswith(SQLITE):
        return _sqlite(Path(url.removeprefix(SQLITE)).expanduser())
    address = make_url(url).set(drivername="postgresql+psycopg")
    patience = {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": 1000 * SILENT_SECONDS}
    return create_engine(address, pool_pre_ping=True, hide_parameters=True, connect_args=patience)


def _sqlite(path: Path) -> Engine:
    """An engine whose transactions take SQLite's lock as they begin, so that none fails for another in the middle."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))  # what is remembered is for nobody else to read
    except (OSError, ValueError):
        raise SettingError("WENCE_STATE：状态库的文件建不了；请核对路径和权限") from None
    engine = create_engine(
        URL.create("sqlite", database=str(path)), hide_parameters=True, connect_args={"timeout": WAIT_SECONDS}
    )

    @event.listens_for(engine, "connect")
    def _plain(connection: Any, _: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _locked(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _reason(error: SQLAlchemyError, dialect: str) -> str:
    """What went wrong, without the driver's words: they may hold what was set."""
    if dialect == "sqlite":
        broken = isinstance(error, DatabaseError) and not isinstance(error, OperationalError)
        return "文件不是 SQLite 数据库" if broken else "SQLite 数据库打不开或不可写；请核对路径和权限"
    if isinstance(error, OperationalError):
        return "连不上 PostgreSQL；请核对主机、端口、用户、密码和库名"
    return "PostgreSQL 不让建表或改表；请核对该用户的权限"


# --------------------------------------------------------------- migrations


def _brought_up_to_date(connection: Connection) -> None:
    """Runs the migrations that are missing, in the open transaction and under a lock: of two starts one waits."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = Config(attributes={"connection": connection, "version_table": VERSION_TABLE})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_heads()
    known = {step.revision for step in script.walk_revisions()}
    if set(current) - known:
        raise SettingError("WENCE_STATE：状态库由更新版本的 wence 写成；请升级 wence，或另设一个状态库")
    if not current and connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
        raise SettingError("WENCE_STATE：这个文件里是别的数据，不动它；请另设一个文件")
    if set(current) != set(script.get_heads()):
        command.upgrade(config, "head")
