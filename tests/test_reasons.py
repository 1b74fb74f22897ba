"""Why a generation was made is said in the reader's language, whoever wrote it down."""

import pytest

from mueang.graph.reasons import reason_said


@pytest.mark.parametrize(
    ("reason", "thai"),
    [
        ("build", "สร้างจากแฟ้มของโครงการ"),
        ("submission 12, accepted by สมหญิง ใจดี", "ข้อมูลที่ส่งหมายเลข 12 รับโดย สมหญิง ใจดี"),
        ("restore of 3", "ย้อนกลับไปรุ่น 3"),
        ("restore of 3: ตัวเลขผิด, by anan", "ย้อนกลับไปรุ่น 3: ตัวเลขผิด โดย anan"),
        (
            "dataset population-2019 removed: twice in, by malee",
            "เอาชุดข้อมูล population-2019 ออก: twice in โดย malee",
        ),
        ("แก้ชื่อ, by anan", "แก้ชื่อ โดย anan"),
        ("anything else", "anything else"),
        ("", ""),
    ],
)
def test_a_reason_is_said_in_thai_and_what_people_wrote_stays(reason: str, thai: str) -> None:
    assert reason_said(reason, "th") == thai
    assert reason_said(reason, "en") == reason
