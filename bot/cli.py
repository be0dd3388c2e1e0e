"""The command `wence`: a register of commands, and the one place where errors become a line and an exit code.

Exit codes: 0 done · 1 the documents do not say it, or no hit · 2 bad usage or input.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from bot.commands import asking, building, running, showing
from bot.settings import SettingError
from knowledge.errors import KnowledgeError

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
@click.version_option(package_name="wence", message="wence %(version)s")
@click.option("--db", type=click.Path(path_type=Path), help="政策数据库文件 · the policy database")
@click.pass_context
def wence(context: click.Context, db: Path | None) -> None:
    """问策：查政策文件，答案引原文。

    Looks policy up: answers quote the documents word for word, with figure, unit and place.
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
    building.parse,
    showing.show,
    showing.list_documents,
)
"""In this order they are listed."""
for _command in COMMANDS:
    wence.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Runs `wence` and ends the process with its exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    """The exit code of a call; what goes wrong is one line on stderr."""
    try:
        code: Any = wence.main(args=arguments, prog_name="wence", standalone_mode=False)
    except click.ClickException as error:
        code = _complain(error.format_message())
    except (KnowledgeError, SettingError) as error:
        code = _complain(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except OSError as error:
        code = _complain(f"{error.filename or 'wence'}: {error.strerror or error}")
    return code if isinstance(code, int) else 0


def _complain(message: str) -> int:
    click.echo(f"wence: {' '.join(message.split())}", err=True)
    return 2


if __name__ == "__main__":
    main()
