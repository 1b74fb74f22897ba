"""A YAML file as entries that know their line, so that what is wrong with one can be said where it stands."""

from collections.abc import Iterator
from difflib import get_close_matches

import yaml

from mueang.errors import MalformedData

MOST_BYTES = 64_000


class Entry:
    """A text, a list or a mapping of a YAML file; a mapping remembers what was asked of it."""

    def __init__(self, name: str, node: yaml.Node, key: str = "") -> None:
        self._name = name
        self._node = node
        self._key = key
        self._asked: set[str] = set()
        self.line = node.start_mark.line + 1
        self.is_map = isinstance(node, yaml.MappingNode)
        self._entries = self._read() if self.is_map else {}

    @property
    def text(self) -> str:
        """The text that stands here; raises MalformedData where there is none."""
        if not isinstance(self._node, yaml.ScalarNode) or not (found := " ".join(self._node.value.split())):
            raise self.wrong(th="ต้องเป็นข้อความ", en="a text is wanted here")
        return found

    def has(self, key: str) -> bool:
        """Whether the mapping has this key."""
        self._asked.add(key)
        return key in self._entries

    def at(self, key: str) -> "Entry":
        """What the mapping has under this key; raises MalformedData where it is missing."""
        if not self.has(key):
            raise self.wrong(th=f"ขาด {key}", en=f"{key} is missing")
        return self._entries[key]

    def items(self) -> Iterator["Entry"]:
        """The entries of a list, one at least."""
        if not isinstance(self._node, yaml.SequenceNode) or not self._node.value:
            raise self.wrong(
                th="ต้องเป็นรายการ แต่ละข้อขึ้นต้นด้วย -", en="a list is wanted here, each item after a dash"
            )
        for node in self._node.value:
            yield Entry(self._name, node, self._key)

    def refuse_others(self) -> None:
        """Raise MalformedData for a key that nobody asked for: it is misspelt, or means nothing here."""
        for key, entry in self._entries.items():
            if key not in self._asked:
                near = get_close_matches(key, sorted(self._asked), 1)
                known = near[0] if near else ", ".join(sorted(self._asked))
                raise entry.wrong(th=f"ไม่รู้จัก {key} ({known}?)", en=f"{key} is not known here ({known}?)")

    def wrong(self, *, th: str, en: str) -> MalformedData:
        """The error that says so with the file, the line and the key."""
        key = f"{self._key}: " if self._key else ""
        return _malformed(self._name, self.line, th=key + th, en=key + en)

    def _read(self) -> dict[str, "Entry"]:
        found: dict[str, Entry] = {}
        for key, value in self._node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.wrong(th="คีย์ต้องเป็นข้อความ", en="a key must be a text")
            entry = Entry(self._name, value, key.value)
            if key.value in found:
                raise entry.wrong(th="มีสองครั้ง", en="this is given twice")
            found[key.value] = entry
        return found


def read_entry(name: str, content: bytes) -> Entry:
    """The mapping that a YAML file holds; raises MalformedData."""
    if len(content) > MOST_BYTES:
        raise _malformed(name, 1, th="แฟ้มใหญ่เกิน 64 kB", en="the file is larger than 64 kB")
    try:
        node = yaml.compose(content.decode("utf-8-sig"), Loader=yaml.SafeLoader)
        top = Entry(name, node) if node else None
    except UnicodeDecodeError as error:
        raise _malformed(name, 1, th="ไม่ใช่ข้อความ UTF-8", en="this is not UTF-8 text") from error
    except yaml.YAMLError as error:
        raise _no_yaml(name, error) from error
    except RecursionError as error:
        raise _malformed(name, 1, th="ซ้อนกันลึกเกินไป", en="this is nested too deeply") from error
    if top is None or not top.is_map:
        raise _malformed(
            name,
            1,
            th="ต้องเป็นรายการ คีย์: ค่า เช่น key: population",
            en="keys with values are wanted, such as key: population",
        )
    return top


def _no_yaml(name: str, error: yaml.YAMLError) -> MalformedData:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "unreadable character"
    return _malformed(
        name,
        mark.line + 1 if mark else 1,
        th=f"ไม่ใช่ YAML ({problem}): ตรวจการเยื้อง เครื่องหมาย : และเครื่องหมายคำพูด",
        en=f"this is not YAML ({problem}): look at the indents, the colons and the quotes",
    )


def _malformed(name: str, line: int, *, th: str, en: str) -> MalformedData:
    return MalformedData(th=f"{name} บรรทัด {line}: {th}", en=f"{name}, line {line}: {en}", line=line)
