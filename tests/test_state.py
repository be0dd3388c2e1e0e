"""What the bot remembers, on SQLite and on PostgreSQL: opening, versions, two starts at once, and what is unusable."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from bot import gaps, state
from bot.conversation import Conversations
from bot.gaps import Gap, GapLog, note, noted
from bot.settings import SettingError
from bot.state import State, opened
from knowledge.answer import AnswerDesk, Reply
from tests import postgresql
from tests.terminal import ROOT, alone, is_one_line, run

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
GAP = Gap("高企所得税能减免多少", "高企所得税能减免多少？", "plan", "二(四)2", 0.52)


@pytest.fixture
def held(state_url: str, tmp_path: Path) -> Iterator[State]:
    one = opened(state_url, tmp_path)
    yield one
    one.close()


@pytest.fixture(scope="module")
def desk() -> AnswerDesk:
    return AnswerDesk(ROOT / "data" / "policies.db")


def asked(desk: AnswerDesk, question: str) -> Reply:
    return Conversations(desk).ask(question, NOON.date())


# ----------------------------------------------------------------- versions


def test_the_migrations_make_the_tables_that_the_code_knows(held: State) -> None:
    with held.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": state.VERSION_TABLE})
        assert compare_metadata(context, state.TABLES) == []
        assert set(inspect(connection).get_table_names()) == {*state.TABLES.tables, state.VERSION_TABLE}


def test_a_state_opened_again_keeps_what_it_holds(state_url: str, tmp_path: Path) -> None:
    for _ in range(2):
        one = opened(state_url, tmp_path)
        note(one, GAP, NOON)
        one.close()
    one = opened(state_url, tmp_path)
    assert [entry.count for entry in noted(one, 10)] == [2]
    one.close()


def test_a_state_of_a_newer_version_is_refused_and_left_alone(state_url: str, tmp_path: Path) -> None:
    one = opened(state_url, tmp_path)
    with one.transaction() as connection:
        connection.execute(text(f"UPDATE {state.VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(SettingError, match=r"WENCE_STATE：.*更新版本") as caught:
        opened(state_url, tmp_path)
    assert "\n" not in str(caught.value)
    with one.transaction() as connection:
        assert connection.scalar(text(f"SELECT version_num FROM {state.VERSION_TABLE}")) == "9999"
    one.close()


def test_several_starts_at_once_make_one_state(state_url: str, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from bot.state import opened; opened(sys.argv[1], Path()).close()"
    started = [
        subprocess.Popen([sys.executable, "-c", code, state_url], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)
    ]
    assert [(process.communicate()[1], process.returncode) for process in started] == [(b"", 0)] * 4
    one = opened(state_url, tmp_path)
    with one.transaction() as connection:
        assert connection.scalar(text(f"SELECT count(*) FROM {state.VERSION_TABLE}")) == 1
    one.close()


def test_a_start_that_fails_in_the_middle_leaves_nothing(
    state_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(state.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    bad = 'from alembic import op\nrevision = "0002"\ndown_revision = "0001"\n\ndef upgrade():\n    op.execute("NONSENSE")\n'
    (folder / "versions" / "m0002_bad.py").write_text(bad, encoding="utf-8")
    monkeypatch.setattr(state, "MIGRATIONS", folder)
    with pytest.raises(SettingError, match="WENCE_STATE："):
        opened(state_url, tmp_path)
    monkeypatch.undo()
    one = opened(state_url, tmp_path)
    assert noted(one, 10) == []
    one.close()


# --------------------------------------------------------------------- gaps


def test_a_gap_is_counted_with_its_last_wording_and_both_moments_in_utc(held: State) -> None:
    note(held, GAP, NOON)
    later = NOON + timedelta(hours=3)
    note(
        held, Gap(GAP.folded, "高企所得税 能减免多少", None, None, None), later.astimezone(timezone(timedelta(hours=8)))
    )
    note(held, Gap("天气", "天气", None, None, None), NOON)
    first, second = noted(held, 10)
    assert (first.gap.asked, first.gap.document, first.count) == ("高企所得税 能减免多少", None, 2)
    assert (first.first_seen, first.last_seen) == (NOON, later)
    assert first.last_seen.utcoffset() == timedelta(0)
    assert (second.gap.folded, second.count) == ("天气", 1)
    assert len(noted(held, 1)) == 1


def test_many_at_once_lose_no_count(held: State) -> None:
    threads = [threading.Thread(target=lambda: [note(held, GAP, NOON) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert noted(held, 1)[0].count == 40


def test_what_is_heard_and_not_found_is_noted_and_nothing_else(held: State, desk: AnswerDesk) -> None:
    log = GapLog(held, lambda: NOON)
    for question in (
        "高企认定有什么补贴",
        "你好",
        "归哪个部门管",
        "高企所得税能减免多少",
        "@zhang_san 高企所得税能减免多少",
    ):
        log.hear(asked(desk, question))
    log.close()
    (entry,) = noted(held, 10)
    assert (entry.gap.asked, entry.gap.folded, entry.count) == ("高企所得税能减免多少", "高企所得税能减免多少", 2)
    assert entry.gap.document == desk.database.documents()[0]["id"]
    assert entry.gap.section
    assert entry.gap.score is not None
    assert (entry.first_seen, entry.last_seen) == (NOON, NOON)


def test_any_text_can_be_a_gap(held: State, desk: AnswerDesk) -> None:
    log = GapLog(held)
    reply = asked(desk, "高企所得税\x00\ud800能减免多少" + "万" * 5000)
    assert reply.answer.status == "not_found"
    log.hear(reply)
    log.close()
    assert noted(held, 1)[0].gap.asked.startswith("高企所得税\ufffd能减免多少万")
    assert len(noted(held, 1)[0].gap.asked) == gaps.LONGEST


def test_nobody_waits_for_a_state_that_hangs_and_one_that_fails_is_told(
    tmp_path: Path, desk: AnswerDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one = opened(None, tmp_path)
    hang, reply = threading.Event(), asked(desk, "高企所得税能减免多少")
    written: list[str] = []

    def slow(_: State, gap: Gap, __: datetime) -> None:
        hang.wait(30)
        written.append(gap.asked)

    monkeypatch.setattr(gaps, "note", slow)
    monkeypatch.setattr(gaps, "MOST_WAITING", 3)
    log = GapLog(one)
    for _ in range(5):
        log.hear(reply)
    assert written == []
    assert [record.getMessage() for record in caplog.records] == ["a gap was not noted: 3 are waiting"] * 2
    hang.set()
    log.close()
    assert len(written) == 3
    monkeypatch.undo()
    caplog.clear()
    with one.transaction() as connection:
        connection.execute(text("DROP TABLE gaps"))
    log = GapLog(one)
    log.hear(reply)
    log.close()
    assert [record.getMessage() for record in caplog.records] == ["a gap was not noted: OperationalError"]
    one.close()


# ------------------------------------------------------------ what is unusable


def test_without_a_setting_it_is_a_file_in_the_data_folder_for_its_owner_alone(tmp_path: Path) -> None:
    opened(None, tmp_path / "new" / "wence").close()
    path = tmp_path / "new" / "wence" / "state.db"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_a_file_that_holds_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    policies, words = tmp_path / "policies.db", tmp_path / "words.txt"
    shutil.copy(ROOT / "data" / "policies.db", policies)
    words.write_text("no database\n" * 200, encoding="utf-8")
    before = [path.read_bytes() for path in (policies, words)]
    for path in (policies, words):
        with pytest.raises(SettingError, match=r"^WENCE_STATE："):
            opened(f"sqlite:///{path}", tmp_path)
    assert [path.read_bytes() for path in (policies, words)] == before


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for url in (f"sqlite:///{tmp_path}/file/state.db", f"sqlite:///{tmp_path}/a\x00b"):
        with pytest.raises(SettingError, match=r"^WENCE_STATE：[^\n]*$"):
            opened(url, tmp_path)


def test_a_server_that_is_not_there_or_lets_nobody_in_is_one_line_without_a_secret(
    postgresql_url: str, tmp_path: Path
) -> None:
    wrong = [
        postgresql_url.replace(postgresql.PASSWORD, "wrong-password"),
        postgresql_url.replace("/state", "/no-such-database-"),
        "postgresql://bot:open-sesame@127.0.0.1:1/wence",
        "postgresql://bot:open-sesame@/wence?host=/nowhere&sesame=open",
    ]
    for url in wrong:
        with pytest.raises(SettingError, match=r"^WENCE_STATE：[^\n]*PostgreSQL[^\n]*$") as caught:
            opened(url, tmp_path)
        assert not [word for word in ("sesame", "wrong", "bot:", "127") if word in str(caught.value)]


def test_a_user_without_rights_is_one_line(postgresql_url: str, tmp_path: Path) -> None:
    import psycopg

    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("CREATE ROLE reader LOGIN PASSWORD 'open-sesame'")
        try:
            connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
            with pytest.raises(SettingError, match=r"^WENCE_STATE：PostgreSQL 不让建表"):
                opened(postgresql_url.replace(f"{postgresql.USER}:", "reader:"), tmp_path)
        finally:
            connection.execute("DROP ROLE reader")


# ------------------------------------------------------------------ commands


def test_a_run_with_an_unusable_state_ends_with_2_and_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)
    for value in ("mysql://bot:open-sesame@127.0.0.1/wence", f"sqlite:///{ROOT / 'data' / 'policies.db'}"):
        monkeypatch.setenv("WENCE_STATE", value)
        code, out, err = run("run")
        assert (code, out) == (2, "")
        assert is_one_line(err)
        assert "WENCE_STATE" in err
        assert value not in err
        assert "sesame" not in err


def test_questions_in_the_terminal_write_no_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)
    set_ = tmp_path / "set.jsonl"
    set_.write_text('{"q": "高企所得税能减免多少", "expect": {}}', encoding="utf-8")
    monkeypatch.setenv("WENCE_STATE", f"sqlite:///{tmp_path / 'state.db'}")
    run("ask", "高企所得税能减免多少")
    run("ask", "--batch", typed="高企所得税能减免多少\n")
    run("eval", str(set_))
    run("chat", typed="高企所得税能减免多少\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set.jsonl"]
