"""A PostgreSQL server of the tests' own: started in a new folder, on a socket there, as a user that is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

GET_IT = "needs a PostgreSQL server, as in: apt-get install postgresql"
USER = "wence"
PASSWORD = "open-sesame"


def programs() -> Path | None:
    """The folder of initdb and postgres: where PATH finds them, or where Debian keeps them."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()), None)


def _user() -> str | None:
    """Whom the server runs as where the tests run as root, which it refuses to."""
    if os.geteuid() != 0:
        return None
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server; gives the address of its maintenance database, over the socket, with a password."""
    held = programs()
    assert held is not None
    user = _user()
    data = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path holds 107 bytes
    secret = data / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    if user:
        for path in (data, secret):
            shutil.chown(path, user)
    make = [held / "initdb", "-D", data / "db", "-U", USER, "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8"]
    log = (folder / "postgresql.log").open("wb")
    try:
        subprocess.run([*make, "--no-locale", "--no-sync"], user=user, cwd=data, check=True, stdout=log, stderr=log)
        serve = [held / "postgres", "-D", data / "db", "-k", data, "-c", "listen_addresses=", "-c", "fsync=off"]
        with subprocess.Popen(serve, user=user, cwd=data, stdout=log, stderr=log) as process:
            address = f"postgresql://{USER}:{PASSWORD}@/postgres?host={quote(str(data), safe='')}"
            try:
                _wait(address, process)
                yield address
            finally:
                process.terminate()
                process.wait(30)
    finally:
        log.close()
        shutil.rmtree(data, ignore_errors=True)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    import time

    import psycopg

    end = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


@contextmanager
def database(address: str, name: str) -> Iterator[str]:
    """A new empty database on a server; gives its address."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield address.replace("/postgres?", f"/{name}?")
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
