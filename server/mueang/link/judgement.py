"""What a text was found to mean, said with its reason in both languages."""

from dataclasses import dataclass

from mueang.errors import Language
from mueang.link.thing import Thing

_HOW: dict[str, dict[Language, str]] = {
    "name": {"th": "ตรงกับชื่อ {name}", "en": "it is the name {name}"},
    "alternative": {"th": "ตรงกับชื่ออื่นที่ใช้เรียก คือ {name}", "en": "it is another name, {name}"},
    "romanised": {"th": "ตรงกับชื่อที่ถอดเป็นอักษรโรมัน คือ {name}", "en": "it is the romanised name {name}"},
    "abbreviation": {"th": "ตรงกับอักษรย่อ {name}", "en": "it is the abbreviation {name}"},
    "code": {"th": "ตรงกับรหัส {name}", "en": "it is the code {name}"},
    "spelling": {"th": "เป็นอีกวิธีเขียนของชื่อ {name}", "en": "it is another spelling of {name}"},
    "likeness": {"th": "สะกดคล้าย {name}", "en": "it is spelt like {name}"},
}
_VERDICTS: dict[str, dict[Language, str]] = {
    "empty": {"th": "ไม่มีข้อความ", "en": "there is no text"},
    "number": {"th": "เป็นตัวเลข ไม่ใช่ชื่อ", "en": "it is a number, not a name"},
    "ambiguous": {
        "th": "มีมากกว่าหนึ่งสิ่งที่ใช้ชื่อนี้: เลือกเอง",
        "en": "more than one thing is called this: choose one",
    },
    "elsewhere": {"th": "ข้อความบอกว่าเป็นสิ่งประเภทอื่น", "en": "it says that it is a thing of another kind"},
    "uncertain": {
        "th": "คล้ายชื่อที่รู้จัก แต่ไม่แน่พอ: เลือกเอง",
        "en": "it is like a known name, but not surely it: choose",
    },
    "nothing": {"th": "ไม่พบชื่อนี้", "en": "no such name is known"},
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a text may mean: a score from 0 to 100, and by what it was found (`how`, and the name it has)."""

    thing: Thing
    score: float
    how: str
    name: str

    @property
    def reason(self) -> dict[Language, str]:
        """Why, in both languages."""
        return {language: said.format(name=self.name) for language, said in _HOW[self.how].items()}


@dataclass(frozen=True, slots=True)
class Match:
    """The thing a text means, if that is certain; all it may mean, best first; and the verdict.

    The verdict is certain or like (then there is a thing), ambiguous, uncertain, elsewhere (`other` is the thing of
    another kind that it names, if that is known), number, empty or nothing.
    """

    thing: Thing | None
    candidates: tuple[Candidate, ...]
    verdict: str
    other: Thing | None = None

    @property
    def reason(self) -> dict[Language, str]:
        """Why it is this, or none, in both languages."""
        if self.thing:
            return self.candidates[0].reason
        if self.other:
            return {
                "th": f"เป็นชื่อของสิ่งประเภทอื่น คือ {_told(self.other, 'th')}",
                "en": f"it names a thing of another kind: {_told(self.other, 'en')}",
            }
        return dict(_VERDICTS[self.verdict])


def _told(thing: Thing, language: Language) -> str:
    description = thing.description.get(language)
    return f"{thing.label_in(language)} ({description})" if description else thing.label_in(language)
