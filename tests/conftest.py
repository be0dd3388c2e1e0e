"""States for the tests: each test that asks for one runs on SQLite and on a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests import postgresql

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if postgresql.programs() is None:
        pytest.skip(postgresql.GET_IT)
    with postgresql.server(tmp_path_factory.mktemp("postgresql")) as address:
        yield address


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The address of a new empty database."""
    with postgresql.database(postgresql_server, f"state{next(NUMBERS)}") as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def state_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a state that does not exist yet, on either kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.db'}"
    address: str = request.getfixturevalue("postgresql_url")
    return address
