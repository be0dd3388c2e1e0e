"""The shipped policy database, installed as the package `wence_data`. It is only read: `wence add` works on a copy."""

from pathlib import Path

DATABASE = Path(__file__).with_name("policies.db")
