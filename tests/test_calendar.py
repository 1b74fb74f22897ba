"""Dates and years as people in Thailand write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mueang.check.calendar import in_english, in_thai, read_date, read_year, why_no_year, why_not

NINTH = date(2022, 11, 9)
SHORT_TH = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize(
    "text",
    [
        "9 พ.ย. 65",
        "9 พ.ย. 2565",
        "9 พย 65",
        "9พย65",
        "9 พ.ย 2565",
        "9 พ. ย. 2565",
        "9-พ.ย.-65",
        "09 พ.ย. 65",
        "9 พ.ย. พ.ศ. 65",
        "9 พฤศจิกายน 2565",
        "9 พฤศจิกายน พ.ศ. 2565",
        "9 พฤศจิกายน พ.ศ.2565",
        "๙ พฤศจิกายน พ.ศ. ๒๕๖๕",
        "9 พฤศจิกายน พุทธศักราช 2565",
        "9 พฤศจิกายน ค.ศ. 2022",
        "9 พฤศจิกายน 2022",
        "9 พฤษจิกายน 2565",
        "วันที่ 9 พฤศจิกายน 2565",
        "วันที่ 9 เดือน พฤศจิกายน พ.ศ. 2565",
        "วันพุธที่ 9 พฤศจิกายน 2565",
        "ณ วันที่ 9 พ.ย. 65",
        "ลงวันที่ 9 พ.ย. 2565",
        "09/11/2565",
        "9/11/2565",
        "๐๙/๑๑/๒๕๖๕",
        "9/11/2022",
        "9-11-2565",
        "9.11.2565",
        "9 / 11 / 2565",
        "9/11/พ.ศ. 2565",
        "9/11/2565 BE",
        "2565-11-09",
        "2565/11/09",
        "2022-11-09",
        "2022/11/9",
        "2022-11-09T00:00:00",
        "2022-11-09 00:00:00",
        "2022-11-09T00:00:00Z",
        "9 Nov 2022",
        "9 Nov 2565",
        "9 NOVEMBER 2022",
        "9th November 2022",
        "9-Nov-2022",
        "Nov 9, 2022",
        "November 9 2565",
        "Wed, 9 Nov 2022",
        "  9\u00a0พ.ย.\u200b 65 ",
    ],
)
def test_every_usual_way_to_write_a_day_is_read(text: str) -> None:
    assert read_date(text) == NINTH
    assert why_not(text, "en") == ""
    assert why_not(text, "th") == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no date is written"),
        ("09/11/65", "short year 65"),
        ("9-Nov-65", "short year 65"),
        ("9 พ.ย. 22", "short year 22"),
        ("9 พ.ย. ค.ศ. 22", "short year 22"),
        ("31/11/2565", "no 31 November 2022"),
        ("31 พฤศจิกายน 2565", "no 31 November 2022"),
        ("29 ก.พ. 2565", "that month has 28 days"),
        ("2565-02-29", "that month has 28 days"),
        ("0/1/2565", "no 0 January"),
        ("11/25/2022", "no month 25"),
        ("วันอังคารที่ 9 พฤศจิกายน 2565", "Wednesday"),
        ("Tue, 9 Nov 2022", "Wednesday"),
        ("9 พ.ย. พ.ศ. 2022", "2022 of the Buddhist era"),
        ("9 พ.ย. ค.ศ. 2565", "2565 of the Common Era"),
        ("9/11/3565", "3565"),
        ("9/11/1722", "1722"),
        ("5 ก.พ. 2480", "began in April"),
        ("พฤศจิกายน 2565", "day of the month is missing"),
        ("11/2565", "day of the month is missing"),
        ("2022-11", "day of the month is missing"),
        ("๒๕๖๕", "day of the month is missing"),
        ("9-11 พ.ย. 65", "more than one day"),
        ("9 ถึง 11 พฤศจิกายน 2565", "more than one day"),
        ("9 พ.ย. 65 - 11 ธ.ค. 65", "more than one day"),
        ("2022-11-09 10:30", "cannot be read"),
        ("20221109", "cannot be read"),
        ("9/11-2565", "cannot be read"),
        ("สิ้นปี", "cannot be read"),
        ("๙" * 100_000, "cannot be read"),
        ("9 -" * 50_000, "cannot be read"),
    ],
    ids=lambda text: text[:40],
)
def test_what_is_no_day_or_could_be_two_is_not_read_and_says_why(text: str, why: str) -> None:
    assert read_date(text) is None
    assert why in why_not(text, "en")
    assert any("\u0e01" <= letter <= "\u0e2e" for letter in why_not(text, "th"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29 ก.พ. 2567", date(2024, 2, 29)),
        ("2567-02-29", date(2024, 2, 29)),
        ("9 พ.ย. พ.ศ. 22", date(1979, 11, 9)),
        ("5/2/1938", date(1938, 2, 5)),
        ("5 เม.ย. 2480", date(1937, 4, 5)),
    ],
)
def test_a_leap_day_belongs_to_the_year_of_the_common_era(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "2565",
        "๒๕๖๕",
        "พ.ศ. 2565",
        "พ.ศ.๒๕๖๕",
        "พ.ศ. 65",
        "ปี 2565",
        "ปี พ.ศ. 2565",
        "2022",
        "ค.ศ. 2022",
        "2022 CE",
    ],
)
def test_every_usual_way_to_write_a_year_is_read(text: str) -> None:
    assert read_year(text) == 2022
    assert why_no_year(text, "en") == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no year"),
        ("65", "short year 65"),
        ("ค.ศ. 22", "short year 22"),
        ("ปีงบประมาณ 2565", "fiscal year"),
        ("2564/65", "one year"),
        ("2564-2565", "one year"),
        ("พ.ศ. 2022", "2022 of the Buddhist era"),
        ("1500", "1500"),
        ("ปีที่แล้ว", "cannot be read"),
    ],
)
def test_what_is_no_year_or_could_be_two_is_not_read_and_says_why(text: str, why: str) -> None:
    assert read_year(text) is None
    assert why in why_no_year(text, "en")
    assert why_no_year(text, "th")


def test_thai_readers_see_the_buddhist_era() -> None:
    assert in_thai(NINTH) == "9 พฤศจิกายน 2565"
    assert in_english(NINTH) == "9 November 2022"


EACH = settings(derandomize=True, max_examples=100, deadline=None)
DAYS = st.dates(date(1941, 1, 1), date(2099, 12, 31))


@EACH
@given(DAYS, st.booleans())
def test_every_day_is_read_back_from_every_form(day: date, thai_digits: bool) -> None:
    year, month = day.year + 543, SHORT_TH[day.month - 1]
    for text in (
        in_thai(day),
        f"{day.day} {month} {year}",
        f"{day:%d/%m}/{year}",
        f"{year}-{day:%m-%d}",
        f"{day:%d/%m/%Y}",
        day.isoformat(),
        f"{day:%d %b %Y}",
        f"{day:%B %d, %Y}",
        f"{day.day} {month} พ.ศ. {year % 100:02}" if 2500 <= year < 2600 else day.isoformat(),
    ):
        assert read_date(text.translate(THAI_DIGITS) if thai_digits else text) == day


@EACH
@given(st.text(alphabet="0123456789๐๑๕๖ /-.พยศคกมวันที่ถึงabeNov,:TZ\u200b", max_size=30))
def test_no_text_breaks_the_reader_and_each_is_read_or_refused_in_words(text: str) -> None:
    assert (read_date(text) is None) == bool(why_not(text, "th"))
    assert (read_year(text) is None) == bool(why_no_year(text, "en"))
