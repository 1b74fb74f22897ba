"""The editor that the build took from npm: whether it is here, and if it is not, why."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mueang.web.language import say

_FOLDER = Path(__file__).parent / "static" / "vendor"


@dataclass(frozen=True)
class Editor:
    """The editor's files: `mark` changes with what they hold; where there are none it is empty, and `why` is said."""

    mark: str
    why: str

    @property
    def reason(self) -> str:
        """Why there is no editor, in the reader's language."""
        reasons = {
            "no-npm": say(
                "ตอนติดตั้ง เครื่องนี้ไม่มี npm และดาวน์โหลดมาไม่ได้",
                "when this was installed, there was no npm and none could be fetched",
            ),
            "not-fetched": say(
                "ตอนติดตั้งดาวน์โหลดตัวช่วยเขียนไม่ได้", "it could not be fetched when this was installed"
            ),
            "wrong-digest": say(
                "ตัวช่วยเขียนที่ดาวน์โหลดมาไม่ตรงกับลายนิ้วมือที่กำหนดไว้ จึงไม่ใช้",
                "what was fetched did not have the digest it must have, so it is not used",
            ),
        }
        return reasons.get(self.why, say("ยังไม่ได้ดาวน์โหลดตัวช่วยเขียน", "it has not been fetched yet"))


@lru_cache(maxsize=1)
def editor() -> Editor:
    """What the build noted beside the files."""
    try:
        state = json.loads((_FOLDER / "state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        state = {}
    return Editor(state.get("lock", "")[:12], state.get("why", ""))
