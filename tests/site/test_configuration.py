"""Settings: what is wrong is told in one line without its value, and the secret key is kept with care."""

import stat
from pathlib import Path

import pytest

from webcert.site.configuration import ConfigurationError, configuration

WRONG = [
    ("WEBCERT_PORT", "99999", "WEBCERT_PORT: Input should be less than or equal to 65535"),
    ("WEBCERT_LOG_FORMAT", "xml", "WEBCERT_LOG_FORMAT: Input should be 'console' or 'json'"),
    ("WEBCERT_PU_URL", "pu.example.se", "WEBCERT_PU_URL: should be an address such as https://webcert.example.se"),
    ("WEBCERT_SECRET_KEY", "kort", "WEBCERT_SECRET_KEY: String should have at least 32 characters"),
    ("DATABASE_URL", "mysql://root:hemligt@db/webcert", "DATABASE_URL: should be postgresql://user:password@host:port/database"),
    ("DATABASE_URL", "postgresql://root:hemligt@db/webcert?nonsense=1", "DATABASE_URL: is not a PostgreSQL address"),
]


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WEBCERT_DATA_FOLDER", str(tmp_path / "data"))


@pytest.mark.parametrize(("name", "value", "told"), WRONG)
def test_a_wrong_setting_is_named_in_one_line_without_its_value(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as refusal:
        configuration()
    assert str(refusal.value) == told
    assert "hemligt" not in str(refusal.value)


def test_all_wrong_settings_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBCERT_PORT", "0")
    monkeypatch.setenv("WEBCERT_WEB_WORKERS", "0")
    with pytest.raises(ConfigurationError, match=r"WEBCERT_PORT: .*; WEBCERT_WEB_WORKERS: "):
        configuration()


def test_an_empty_setting_is_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBCERT_PORT", "")
    monkeypatch.setenv("WEBCERT_PU_URL", "")
    assert configuration().port == 8000
    assert configuration().pu_url is None


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only() -> None:
    first = configuration().signing_key
    assert len(first) >= 32
    assert configuration().signing_key == first
    kept = configuration().data_folder / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir() if path.is_file()] == ["secret-key"]


def test_a_given_secret_key_is_used_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBCERT_SECRET_KEY", "k" * 40)
    assert configuration().signing_key == "k" * 40
    assert not (configuration().data_folder / "secret-key").exists()


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({}, "http://localhost:8000"),
        ({"WEBCERT_HOST": "0.0.0.0", "WEBCERT_PORT": "80"}, "http://localhost:80"),
        ({"WEBCERT_HOST": "10.1.2.3"}, "http://10.1.2.3:8000"),
        ({"WEBCERT_BASE_URL": "https://webcert.example.se/"}, "https://webcert.example.se"),
    ],
)
def test_where_users_reach_the_product(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], url: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert configuration().public_url == url
