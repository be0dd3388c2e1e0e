"""`wence add` and `remove`: one's own database kept up, document by document. The shipped one is copied first, never written."""

from __future__ import annotations

from pathlib import Path

import click

from bot import location
from bot.commands.building import tell, watch


@click.command(short_help="加文件进库 · add documents to the database")
@click.option("--db", "own", type=click.Path(path_type=Path), help="加进这个库 · the database to add to")
@click.option("--strict", is_flag=True, help="有一份读不了就停 · stop at the first source that cannot be read")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.pass_obj
def add(db: Path | None, own: Path | None, sources: tuple[Path, ...], *, strict: bool) -> int:
    """把文件、文件夹或 JSON Lines 加进库，已有的文件都留着 · add files, folders or JSON Lines to what the database holds.

    同一份文件再加一次，没有变化；同一 id 换了正文，新的作答，旧的留存。第一次加时，随附的库先复制到用户的数据文件夹。
    The same document again is no change; with another text under the same id the new version answers and the old one is kept.
    """
    from knowledge import building

    named = own or db
    target = location.to_write(named)
    report = building.add(sources, target, location.to_begin_with(named), strict=strict, watch=watch())
    tell(report, target)
    return 0


@click.command(short_help="从库里去掉一份文件 · take a document out of the database")
@click.option("--db", "own", type=click.Path(path_type=Path), help="从这个库 · the database to take it out of")
@click.argument("name", metavar="ID")
@click.pass_obj
def remove(db: Path | None, own: Path | None, name: str) -> int:
    """从库里去掉一份文件，连同旧版本 · take a document out of the database, earlier versions too."""
    from knowledge import building

    named = own or db
    target = location.to_write(named)
    count = building.remove(name, target, location.to_begin_with(named), watch=watch())
    click.echo(f"{target}: 去掉了 {name}（{count} 个版本）· removed, versions: {count}")
    return 0
