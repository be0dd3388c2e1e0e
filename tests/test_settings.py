"""What the environment decides: the defaults, what is refused and in which words, and that no secret is shown."""

from pathlib import Path

import pytest

from bot.settings import SETTINGS, SettingError, Settings, data_folder, read

TOKEN = "123456789:AAHk3vT0Qw_8x-ZyLmNoPqRsTuVwXyZ0123"
USED = {
    "WENCE_TELEGRAM_TOKEN": TOKEN,
    "WENCE_TELEGRAM_API": "http://127.0.0.1:8081/",
    "WENCE_TELEGRAM_PROXY": "socks5://clerk:open-sesame@127.0.0.1:1080",
    "WENCE_DB": "~/policies.db",
    "WENCE_LEXICON": "~/words.toml",
    "WENCE_STATE": "postgresql://bot:s%40same@127.0.0.1/wence",
    "WENCE_TIMEZONE": "Asia/Urumqi",
    "WENCE_LOG": "debug",
}
UNUSABLE = [
    ("WENCE_TELEGRAM_TOKEN", "AAHk3vT0Qw_8x-ZyLmNoPqRsTuVwXyZ0123"),
    ("WENCE_TELEGRAM_TOKEN", "123456789:short"),
    ("WENCE_TELEGRAM_TOKEN", f"{TOKEN} {TOKEN}"),
    ("WENCE_TELEGRAM_TOKEN", f"{TOKEN}机器人"),
    ("WENCE_TELEGRAM_API", "127.0.0.1:9081"),
    ("WENCE_TELEGRAM_API", "ftp://127.0.0.1"),
    ("WENCE_TELEGRAM_API", "http:///no-host"),
    ("WENCE_TELEGRAM_API", "http://127.0.0.1:99999"),
    ("WENCE_TELEGRAM_API", "http://127.0.0.1:port"),
    ("WENCE_TELEGRAM_API", "http://[::1"),
    ("WENCE_TELEGRAM_API", "http://127.0.0.1/?secret-in-the-address"),
    ("WENCE_TELEGRAM_API", "http://a b"),
    ("WENCE_TELEGRAM_PROXY", "127.0.0.1:9080"),
    ("WENCE_TELEGRAM_PROXY", "socks4://127.0.0.1:1080"),
    ("WENCE_DB", "~nobody-by-that-name/policies.db"),
    ("WENCE_LEXICON", "~nobody-by-that-name/words.toml"),
    ("WENCE_STATE", "sqlite:///:memory:"),
    ("WENCE_STATE", "sqlite:////srv/folder/"),
    ("WENCE_STATE", "sqlite:///~nobody-by-that-name/state.db"),
    ("WENCE_STATE", "/srv/wence/secret-state.db"),
    ("WENCE_STATE", "mysql://bot:open-sesame@127.0.0.1/wence"),
    ("WENCE_STATE", "postgresql://bot:open-sesame@127.0.0.1:port/wence"),
    ("WENCE_STATE", "postgresql://bot:open sesame@127.0.0.1/wence"),
    ("WENCE_TIMEZONE", "Asia/Nanchang"),
    ("WENCE_TIMEZONE", "Europe"),
    ("WENCE_TIMEZONE", "../etc/passwd"),
    ("WENCE_TIMEZONE", "北京时间"),
    ("WENCE_LOG", "verbose"),
]


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read({}) == Settings()
    assert read(dict.fromkeys(USED, "  ")) == Settings()
    settings = read({})
    assert (settings.telegram_token, settings.telegram_proxy, settings.db, settings.state) == (None, None, None, None)
    assert settings.telegram_api == "https://api.telegram.org"
    assert (settings.zone.key, settings.log) == ("Asia/Shanghai", "INFO")


def test_each_variable_is_read() -> None:
    settings = read(USED)
    assert settings.telegram_token == TOKEN
    assert settings.telegram_api == "http://127.0.0.1:8081"
    assert settings.telegram_proxy == USED["WENCE_TELEGRAM_PROXY"]
    assert settings.db == Path.home() / "policies.db"
    assert settings.lexicon == Path.home() / "words.toml"
    assert settings.state == USED["WENCE_STATE"]
    assert (settings.zone.key, settings.log) == ("Asia/Urumqi", "DEBUG")


def test_the_register_names_every_variable_once_with_its_meaning() -> None:
    assert [one.name for one in SETTINGS] == list(USED)
    assert all(one.meaning for one in SETTINGS)


@pytest.mark.parametrize(("name", "value"), UNUSABLE)
def test_an_unusable_value_is_one_line_that_names_the_variable_and_not_the_value(name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        read({name: value})
    message = str(caught.value)
    assert name in message
    assert "\n" not in message
    assert value not in message
    assert caught.value.__cause__ is None


def test_an_address_of_a_state_names_a_file() -> None:
    with pytest.raises(SettingError, match="WENCE_STATE"):
        read({"WENCE_STATE": "sqlite:///"})


def test_no_secret_is_shown() -> None:
    settings = read(USED)
    assert TOKEN not in repr(settings)
    assert "open-sesame" not in repr(settings)
    assert "s%40same" not in repr(settings)
    assert "Asia/Urumqi" in repr(settings)
    proxy, state = USED["WENCE_TELEGRAM_PROXY"], USED["WENCE_STATE"]
    assert settings.secrets == (TOKEN, proxy, state, "open-sesame", "s%40same", "s@same")
    assert read({"WENCE_STATE": "postgresql:///wence?password=hidden"}).secrets[1:] == ("hidden",)
    assert Settings().secrets == ()


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", Path.home() / ".local/share/wence"),
        ({"XDG_DATA_HOME": "/srv/data"}, "linux", Path("/srv/data/wence")),
        ({"XDG_DATA_HOME": "relative"}, "linux", Path.home() / ".local/share/wence"),
        ({}, "darwin", Path.home() / "Library/Application Support/wence"),
        ({"LOCALAPPDATA": "/local"}, "win32", Path("/local/wence")),
        ({}, "win32", Path.home() / "AppData/Local/wence"),
    ],
)
def test_the_data_folder_is_where_the_platform_keeps_data(
    environ: dict[str, str], platform: str, expected: Path
) -> None:
    assert data_folder(environ, platform) == expected
