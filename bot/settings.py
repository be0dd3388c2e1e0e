"""What the environment decides, read once into one frozen value. A new variable is one new line in `Settings`.

It knows no front and opens nothing. No message and no `repr` ever shows a value: each could be a secret in the wrong place.
"""

# ruff: noqa: RUF009 - `_row` gives a dataclass field, as `field` does

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

APP = "wence"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
SQLITE, POSTGRESQL = "sqlite:///", "postgresql://"
"""How the addresses of a state begin."""
TOKEN = re.compile(r"\d+:[\w-]{30,}", re.ASCII)


class SettingError(Exception):
    """A variable is set but cannot be used; `str(error)` is one line that names it and shows no value."""


@dataclass(frozen=True)
class Setting:
    """One row of the register: `default` is the value itself, None for none; as text it stands in the README.

    `read` makes the value from what is written; it raises `ValueError` with what would be accepted.
    """

    name: str
    meaning: str
    read: Callable[[str], object]
    default: object = None
    secret: bool = False

    def value(self, written: str) -> Any:
        """What `written` stands for; white space around it is nothing, and nothing is the default."""
        text = written.strip()
        try:
            return self.read(text) if text else self.default
        except ValueError as error:
            raise SettingError(f"{self.name}：{error}") from None


def _token(text: str) -> str:
    if not TOKEN.fullmatch(text):
        raise ValueError("不是机器人令牌；应如 123456789:AA…，由 @BotFather 给出")
    return text


def _host_of(text: str) -> SplitResult | None:
    """The parts of a URL that names a host and a sound port, else None."""
    try:
        parts = urlsplit(text)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if sound and not re.search(r"\s", text) else None


def _api(text: str) -> str:
    parts = _host_of(text)
    if parts is None or parts.scheme not in ("http", "https") or parts.query or parts.fragment or parts.username:
        raise ValueError("不是可用的网址；应如 http://127.0.0.1:8081")
    return text.rstrip("/")


def _proxy(text: str) -> str:
    parts = _host_of(text)
    if parts is None or parts.scheme not in PROXY_SCHEMES:
        raise ValueError("不是可用的代理；应如 http://127.0.0.1:3128 或 socks5://127.0.0.1:1080")
    return text


def _passwords(text: str) -> Iterator[str]:
    """The passwords inside a URL, as written and as meant: `p%40ss`, `p@ss`."""
    try:
        parts = urlsplit(text)
        written = [parts.password or "", *parse_qs(parts.query).get("password", [])]
    except ValueError:
        return
    yield from dict.fromkeys(form for one in written for form in (one, unquote(one)) if form)


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # `~somebody` of whom the machine knows nothing
        raise ValueError("不是可用的路径；应如 /srv/wence/policies.db") from None


def _state(text: str) -> str:
    path = text.removeprefix(SQLITE)
    if text.startswith(SQLITE) and path not in ("", ":memory:") and not path.endswith("/"):
        _path(path)
        return text
    try:
        parts = urlsplit(text)
        sound = text.startswith(POSTGRESQL) and (parts.port is None or parts.port > 0) and not re.search(r"\s", text)
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("不是可用的地址；应如 sqlite:////srv/wence/state.db 或 postgresql://用户:密码@主机/库名")
    return text


def _timezone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):  # unknown (a KeyError of its own), malformed, a folder of zones
        raise ValueError("不是已知的时区；应如 Asia/Shanghai") from None


def _level(text: str) -> str:
    if text.upper() not in LEVELS:
        raise ValueError(f"不是日志级别；应为 {' '.join(LEVELS)} 之一")
    return text.upper()


def _row(
    name: str, meaning: str, read: Callable[[str], object], default: object = None, *, secret: bool = False
) -> Any:
    """A field of `Settings` that carries its row of the register."""
    return field(default=default, metadata={"setting": Setting(name, meaning, read, default, secret)})


@dataclass(frozen=True, repr=False)
class Settings:
    """Everything the environment decides; `Settings()` is what an empty environment gives."""

    telegram_token: str | None = _row(
        "WENCE_TELEGRAM_TOKEN", "Telegram 机器人令牌；不设则不接 Telegram", _token, secret=True
    )
    telegram_api: str = _row(
        "WENCE_TELEGRAM_API",
        "Bot API 的地址；自建服务器如 http://127.0.0.1:8081",
        _api,
        "https://api.telegram.org",
    )
    telegram_proxy: str | None = _row(
        "WENCE_TELEGRAM_PROXY", "只供 Telegram 用的代理（http、https、socks5）", _proxy, secret=True
    )
    db: Path | None = _row("WENCE_DB", "政策数据库；不设则用数据文件夹里的，没有则用随附的", _path)
    lexicon: Path | None = _row(
        "WENCE_LEXICON", "自己的近义词：一个 TOML 文件，或一个文件夹；不设则用数据文件夹里的 lexicon.toml", _path
    )
    state: str | None = _row(
        "WENCE_STATE", "机器人记住的事：sqlite:///路径 或 postgresql://…；不设则在数据文件夹里", _state, secret=True
    )
    timezone: str = _row("WENCE_TIMEZONE", "时区，用于排期", _timezone, "Asia/Shanghai")
    log: str = _row("WENCE_LOG", "日志级别", _level, "INFO")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself; a name that was set is known to be good."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What may stand in no log: the secret values that are set, and the password inside a URL."""
        rows = [(one.metadata["setting"], getattr(self, one.name)) for one in fields(self)]
        values = [str(value) for setting, value in rows if setting.secret and value is not None]
        return (*values, *(password for value in values for password in _passwords(value)))

    def __repr__(self) -> str:
        shown = (f"{one.name}={self._shown(one.name, one.metadata['setting'])}" for one in fields(self))
        return f"Settings({', '.join(shown)})"

    def _shown(self, name: str, setting: Setting) -> str:
        value = getattr(self, name)
        return "***" if setting.secret and value is not None else repr(value)


SETTINGS: tuple[Setting, ...] = tuple(one.metadata["setting"] for one in fields(Settings))


def read(environ: Mapping[str, str]) -> Settings:
    """The settings that these variables give; SettingError for the first that is set but unusable."""
    rows = ((one.name, one.metadata["setting"]) for one in fields(Settings))
    return Settings(**{name: setting.value(environ.get(setting.name, "")) for name, setting in rows})


def data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where this user's data belongs, existing or not: `~/.local/share/wence`, or what the platform has for it."""
    named = environ.get("XDG_DATA_HOME", "")
    if Path(named).is_absolute():  # a relative one is to be ignored, says the XDG specification
        return Path(named) / APP
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / APP
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / APP
    return Path.home() / ".local" / "share" / APP
