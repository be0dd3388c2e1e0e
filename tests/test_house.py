"""The rules of the house that no linter knows: short functions and files, every package shipped, no registry named."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "knowledge")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))

LONGEST_FUNCTION = 40
LONGEST_FILE = 400

# Written in pieces, so that this file does not name what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("anaconda", "org"),
    )
]
REGISTRY = re.compile("|".join(map(re.escape, REGISTRIES)), re.IGNORECASE)
ADDRESS = re.compile(r"\w+://|\bfile:/|^\s*-[^-\s]|^\s*--(?!hash=)| @ ", re.MULTILINE)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lengths(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node.end_lineno - node.lineno + 1, f"{named(path)}:{node.lineno} {node.name}"


def own_files() -> list[Path]:
    """What is committed or would be."""
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, capture_output=True, check=True, encoding="utf-8").stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_function_is_longer_than_40_lines(path: Path) -> None:
    assert [where for lines, where in lengths(path) if lines > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_every_package_is_shipped() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {named(path.parent).replace("/", ".") for path in MODULES}
    assert set(project["tool"]["setuptools"]["packages"]) == packages | {"wence_data"}


def test_no_file_names_a_package_registry() -> None:
    assert [named(path) for path in own_files() if REGISTRY.search(text_of(path))] == []


def test_the_lock_pins_with_hashes_and_without_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert ADDRESS.findall(lock) == []
    pins = re.split(r"\n(?=[^\s#])", lock.strip())
    assert [pin for pin in pins if not re.match(r"[\w.-]+==\S+ \\\n +--hash=sha256:[0-9a-f]{64}", pin)] == []
