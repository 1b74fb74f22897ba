"""Short permanent links: a question and the generation it was asked of, kept in the home under a key made of both."""

import base64
import json
import re
import threading
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

from mueang.errors import NotFound, OutOfSpace, StoreFailed
from mueang.files import too_large, written_aside

LONGEST = 10_000
_MOST_PER_FOLDER = 64
_KEY = re.compile(r"[a-z2-7]{10}")
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Link:
    """A question as it was asked, and of which generation."""

    query: str
    generation: int


def keep(home: Path, link: Link) -> str:
    """The key of the link, which is kept from now on; the same question of the same generation has the same key.

    Anybody may ask for one, so a question is short, and there is room for about 65,000 (docs/decisions.md).
    """
    if len(link.query.encode()) > LONGEST:
        raise too_large("query", LONGEST)
    content = json.dumps(asdict(link), ensure_ascii=False).encode()
    key = base64.b32encode(blake2b(content, digest_size=10).digest()).decode().lower()[:10]
    path = _path(home, key)
    with _ONE_AT_A_TIME:
        if not path.is_file():
            _write(path, content)
    return key


def kept_link(home: Path, key: str) -> Link:
    """The link of a key; raises NotFound."""
    path = _path(home, key) if _KEY.fullmatch(key) else None
    if path is None or not path.is_file():
        raise NotFound(th=f"ไม่มีลิงก์ถาวร {key[:40]}", en=f"there is no permanent link {key[:40]}")
    try:
        return Link(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StoreFailed(
            th=f"อ่านลิงก์ถาวร {key} ไม่ได้", en=f"the permanent link {key} cannot be read"
        ) from error


def _path(home: Path, key: str) -> Path:
    return home / "links" / key[:2] / f"{key}.json"


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if sum(1 for _ in path.parent.iterdir()) >= _MOST_PER_FOLDER:
            raise OutOfSpace(
                th="ที่เก็บลิงก์ถาวรเต็ม: ใช้ที่อยู่แบบยาวแทน",
                en="there is no room for more permanent links: use the long address",
            )
        with written_aside(path) as file:
            file.write(content)
    except OSError as error:
        raise StoreFailed(th="เก็บลิงก์ถาวรไม่ได้", en="the permanent link cannot be kept") from error
