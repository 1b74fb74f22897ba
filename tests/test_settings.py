"""Settings: option over environment over default; what is unknown or impossible is refused."""

import dataclasses
from pathlib import Path

import pytest

from conftest import ROOT, Run
from mueang.errors import WrongSetting
from mueang.settings import Settings, origins, read_settings


def test_an_option_wins_over_the_environment_and_that_over_the_default() -> None:
    environment = {"MUEANG_PORT": "9000", "MUEANG_HOME": "/srv/mueang"}
    settings = read_settings({"port": 9001, "host": None}, environment)
    assert (settings.port, settings.home, settings.host) == (9001, Path("/srv/mueang"), "127.0.0.1")
    came_from = {name: one.came_from for name, one in origins({"port": 9001}, environment).items()}
    assert (came_from["home"], came_from["port"], came_from["host"]) == ("environment", "option", "default")
    assert set(came_from) == {setting.name for setting in dataclasses.fields(Settings)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MUEANG_PROT", "8000"),
        ("MUEANG_PORT", "0"),
        ("MUEANG_PORT", "65536"),
        ("MUEANG_PORT", "๘๐๐๐"),
        ("MUEANG_PORT", "-1"),
        ("MUEANG_QUERY_KB", "many"),
        ("MUEANG_PUBLIC_URL", "example.org"),
        ("MUEANG_PUBLIC_URL", "https://"),
        ("MUEANG_PUBLIC_URL", "http://[x/"),
        ("MUEANG_PUBLIC_URL", "https://mueang.example?x=1"),
        ("MUEANG_PUBLIC_URL", "https://mueang.example#x"),
        ("MUEANG_ENGINE", "postgres"),
    ],
)
def test_what_is_unknown_or_impossible_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as raised:
        read_settings({}, {name: value})
    assert name.removeprefix("MUEANG_").lower() in raised.value.en.lower()
    assert raised.value.th


def test_the_address_is_the_public_one_where_it_is_set() -> None:
    assert read_settings({}, {}).address == "http://127.0.0.1:8000"
    assert read_settings({"host": "::1"}, {}).address == "http://[::1]:8000"
    assert (
        read_settings({}, {"MUEANG_PUBLIC_URL": "https://mueang.example/"}).address
        == "https://mueang.example"
    )


def test_a_public_address_with_a_path_is_refused_with_what_would_do() -> None:
    with pytest.raises(
        WrongSetting, match="links on pages begin at its root: use https://x.example:8443, or"
    ) as refused:
        read_settings({}, {"MUEANG_PUBLIC_URL": "https://x.example:8443/mueang/"})
    assert "ใช้ https://x.example:8443 " in refused.value.th


def test_every_setting_is_documented() -> None:
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for setting in dataclasses.fields(Settings):
        assert setting.metadata["help"]
        assert f"MUEANG_{setting.name.upper()}" in told


def test_a_secret_is_never_shown(mueang: Run) -> None:
    shown = mueang("settings", MUEANG_WEBHOOK_SECRET="not-to-be-seen").stdout  # noqa: S106
    assert "MUEANG_WEBHOOK_SECRET" in shown
    assert "not-to-be-seen" not in shown
