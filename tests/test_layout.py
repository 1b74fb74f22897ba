"""Every Turtle file of the repository is in the one layout."""

from pathlib import Path

import pytest

from turtle_layout import ROOT, laid_out, turtle_files


@pytest.mark.parametrize("path", turtle_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_in_the_one_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == laid_out(text), "run `make format`"


def test_another_layout_is_noticed() -> None:
    text = '@prefix ex: <https://example.org/> .\nex:b ex:p "2" . ex:a ex:p "1" .\n'
    assert laid_out(text) != text
    assert laid_out(laid_out(text)) == laid_out(text)
