"""The command `wence`: a register of commands, and the one place where errors become a line and an exit code.

Exit codes: 0 done · 1 the documents do not say it, or no hit · 2 bad usage or input.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from bot.commands import (
    asking,
    auditing,
    building,
    differing,
    evaluating,
    keeping,
    listing,
    running,
    showing,
    tasking,
)
from bot.settings import SettingError
from knowledge.errors import KnowledgeError

BAD = 2
"""The exit code of bad usage and bad input."""
INTERRUPTED = 130
"""The exit code of a command ended by Ctrl-C, as shells give it."""


class _Group(click.Group):
    """A group that lists its commands in the order of the register."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)


@click.group(
    cls=_Group,
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="wence", message="wence %(version)s", help="版本 · the version")
@click.option("--db", type=click.Path(path_type=Path), help="政策数据库文件 · the policy database")
@click.pass_context
def wence(context: click.Context, db: Path | None) -> None:
    """问策：查政策文件，答案引原文。

    Looks policy up: answers quote the documents word for word, with figure, unit and place.

    例 · as in: wence ask 高企认定有什么补贴
    """
    context.obj = db
    if context.invoked_subcommand is None:
        raise click.UsageError("give a command, as in: wence ask 高企认定有什么补贴 (all of them: wence --help)")


COMMANDS: tuple[click.Command, ...] = (
    asking.ask,
    asking.search,
    asking.chat,
    running.run,
    building.build,
    keeping.add,
    keeping.remove,
    showing.list_documents,
    building.parse,
    showing.show,
    differing.diff,
    listing.conflicts,
    auditing.audit,
    tasking.tasks,
    evaluating.evaluate,
)
"""In this order they are listed."""
for _command in COMMANDS:
    wence.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Runs `wence` and ends the process with its exit code."""
    _set_streams()
    sys.exit(_run(arguments))


def _set_streams() -> None:
    """UTF-8 whatever the locale says; bytes that are none come through for `bot.lines`; a closed stream is an empty one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - to the process's end
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _run(arguments: list[str] | None) -> int:
    """The exit code of a call; what goes wrong is one line on stderr."""
    try:
        code: Any = wence.main(args=arguments, prog_name="wence", standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except SystemExit:  # click's own end where nobody reads on; its 1 would mean that the documents do not say it
        return 0
    except (click.ClickException, KnowledgeError, SettingError, OSError) as error:
        with suppress(OSError):
            click.echo(_line(error), err=True)
        return BAD
    return code if isinstance(code, int) else 0


def _line(error: Exception) -> str:
    """What went wrong, on one line: the command, then what and where."""
    command, message = "wence", str(error)
    if isinstance(error, click.UsageError) and error.ctx:
        command = error.ctx.command_path
    if isinstance(error, click.ClickException):
        message = error.format_message()
    elif isinstance(error, OSError) and error.strerror:
        message = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(f"{command}: {message}".split())


if __name__ == "__main__":
    main()
