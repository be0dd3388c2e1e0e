"""Every example in a docstring gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import bot
import knowledge

MODULES = [
    module.name
    for package in (bot, knowledge)
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    if module.name != "bot.migrations.env"  # a script that Alembic runs, and no module
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
