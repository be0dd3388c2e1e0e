"""Which database a command reads or writes: the one named, the user's own, or the shipped one, which is never written."""

from __future__ import annotations

import os
from pathlib import Path

from bot.settings import SettingError, data_folder, read

NAME = "policies.db"
LEXICON = "lexicon.toml"


def to_read(named: Path | None) -> Path:
    """The database to answer from."""
    chosen = named or _by_environment()
    if chosen is not None:
        return chosen
    own = data_folder(os.environ) / NAME
    return own if own.exists() else shipped()


def to_write(named: Path | None) -> Path:
    """The database to build: never the shipped one unless it is named."""
    return named or _by_environment() or data_folder(os.environ) / NAME


def to_begin_with(named: Path | None) -> Path | None:
    """What a database that does not exist yet begins as when documents are added: the shipped one, unless another is named."""
    return None if named or _by_environment() else shipped()


def own_words() -> Path | None:
    """The lexicon of one's own, None where there is none."""
    named = read({"WENCE_LEXICON": os.environ.get("WENCE_LEXICON", "")}).lexicon
    if named is not None and not named.exists():
        raise SettingError(f"WENCE_LEXICON：没有这个文件或文件夹 · no such file or folder: {named}")
    own = data_folder(os.environ) / LEXICON
    return named or (own if own.exists() else None)


def shipped() -> Path:
    """The database that comes with the package."""
    from wence_data import DATABASE

    path: Path = DATABASE
    return path


def _by_environment() -> Path | None:
    return read({"WENCE_DB": os.environ.get("WENCE_DB", "")}).db
