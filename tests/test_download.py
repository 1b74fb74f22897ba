"""A file keeps its name on the way to the reader's disk, in whatever script it is."""

import pytest
from flask import Response
from werkzeug.http import parse_options_header

from mueang.web.download import as_file


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("areas.csv", "areas.csv"),
        ("ตาราง 2565.csv", "2565.csv"),
        ("ตาราง.xlsx", "file.xlsx"),
        ("Zürich.csv", "Zurich.csv"),
        ("a\r\nSet-Cookie: b.csv", "aSet-Cookie: b.csv"),
        ('a"b.csv', 'a"b.csv'),
        ("ก" * 5000 + ".csv", "file.csv"),
        ("", "file"),
    ],
)
def test_a_name_is_sent_in_ascii_and_in_full(name: str, plain: str) -> None:
    response = Response()
    as_file(response, name)
    sent = response.headers["Content-Disposition"]
    assert sent.isascii()
    assert len(sent) < 3000
    old, full = sent.partition("; filename*=")[::2]
    assert parse_options_header(old) == ("attachment", {"filename": plain})
    whole = parse_options_header(f"attachment; filename*={full}")[1]["filename"] if full else plain
    assert whole[:50] == "".join(one for one in name if one.isprintable())[:50] or not name
