"""Writes the generated parts of the documentation, or with --check says which are out of date.

A generated part stands between `<!-- generated: NAME -->` and `<!-- end -->`; NAME is a row of BLOCKS.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md",)

MARK = re.compile(
    r"(?P<open><!-- generated: (?P<name>[\w-]+) -->\n)(?P<body>(?:(?!<!-- generated:).)*?)(?P<close><!-- end -->)",
    re.DOTALL,
)
OPENING = re.compile(r"<!-- generated:")


class DocsError(Exception):
    """A page is missing, a marker is not closed, or its name is unknown."""


def cli() -> str:
    """`wence --help`, as a terminal of 80 columns shows it."""
    command = Path(sys.executable).with_name("wence")
    done = subprocess.run(
        [command, "--help"],
        env={**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise DocsError(f"wence --help ended with {done.returncode}: {done.stderr.strip()}")
    return f"```text\n{done.stdout.rstrip()}\n```"


def settings() -> str:
    """What the environment decides, as a table."""
    from bot.settings import SETTINGS

    rows = [f"| `{one.name}` | {_cell(one.meaning)} | {_cell(one.default)} |" for one in SETTINGS]
    return "\n".join(["| variable | meaning | default |", "| --- | --- | --- |", *rows])


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


BLOCKS: dict[str, Callable[[], str]] = {"cli": cli, "settings": settings}


def filled(text: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """The page with each generated part made anew."""

    def fresh(found: re.Match[str]) -> str:
        if found["name"] not in blocks:
            raise DocsError(f'no block "{found["name"]}"; there are: {", ".join(blocks)}')
        return f"{found['open']}{blocks[found['name']]()}\n{found['close']}"

    if len(OPENING.findall(text)) != len(MARK.findall(text)):
        raise DocsError("a generated block is not closed with <!-- end -->")
    return MARK.sub(fresh, text)


def stale(page: Path, *, check: bool) -> bool:
    """Whether the page differed from what the code says; without `check` it is mended."""
    try:
        before = page.read_text(encoding="utf-8")
        after = filled(before, BLOCKS)
    except (OSError, DocsError) as error:
        raise DocsError(f"{page.relative_to(ROOT)}: {error}") from error
    if before != after and not check:
        page.write_text(after, encoding="utf-8")
    return before != after


def main(arguments: list[str]) -> int:
    """Go over all pages: 0 all is well, 1 something is out of date, 2 something is broken."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("usage: docs.py [--check]", file=sys.stderr)
        return 2
    try:
        changed = [page for page in PAGES if stale(ROOT / page, check=check)]
    except DocsError as error:
        print(error, file=sys.stderr)
        return 2
    for page in changed:
        print(f"{page}: out of date, run: make docs" if check else f"{page}: written")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
