"""How well names are recognised however they are written, and how fast: distinct names, and a table of many rows."""

import argparse
import csv
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from itertools import islice, product
from pathlib import Path
from typing import Any

from mueang.check.known import Known
from mueang.link.desk import index_beside
from mueang.link.names import Index

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
WRITINGS: Any = import_module("writings")
PROVINCE = ("province",)
MOST_SECONDS_NAMES, MOST_SECONDS_TABLE, MOST_MEGABYTES = 5, 60, 300


def main() -> int:
    """Print the tables; exit code 1 where a name is taken for another, too few are recognised, or it is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=10_000, help="how many distinct names (10,000)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many rows in the table (1,000,000)")
    given = parser.parse_args()
    known = Known(Path("/nowhere"))
    known.follow()
    index = index_beside(known)
    print(
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {len(index.things)} things with names\n"
    )
    good = [_recognised(index), _names(index, given.names), _table(given.rows)]
    return 0 if all(good) else 1


def _recognised(index: Index) -> bool:
    print(
        "| the 77 provinces' names | written | right | wrong | precision | recall |\n|---|---|---|---|---|---|"
    )
    rows = [
        ("in one other way", _counted(index, _written(WRITINGS.writings))),
        ("in two ways at once", _counted(index, _written(WRITINGS.composed))),
        ("with one letter wrong", _counted(index, _slips)),
    ]
    for title, count in rows:
        right, wrong, asked = count["right"], count["wrong"], count.total()
        precision = right / max(right + wrong, 1)
        print(f"| {title} | {asked:,} | {right:,} | {wrong} | {precision:.4f} | {right / asked:.4f} |")
    lines = (ROOT / "tests/traps.txt").read_text(encoding="utf-8").splitlines()
    traps = [trap.strip() for line in lines if not line.startswith("#") for trap in line.split("|")]
    taken = [trap for trap in traps if index.match(trap, PROVINCE).thing]
    print(f"\n{len(traps)} traps, {len(taken)} taken for a province\n")
    enough = all(count["right"] >= 0.99 * count.total() for _, count in rows[:2])
    return enough and not taken and not any(count["wrong"] for _, count in rows)


def _counted(index: Index, ways: Callable[[str], Iterable[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for thing in index.things.values():
        for name in {one.text for one in thing.names if one.role == "preferred" and thing.is_a(PROVINCE)}:
            for text in ways(name):
                found = index.match(text, PROVINCE).thing
                counts["right" if found is thing else "wrong" if found else "unanswered"] += 1
    return counts


def _written(ways: Callable[[str], Iterable[tuple[str, str]]]) -> Callable[[str], Iterable[str]]:
    return lambda name: (text for _, text in ways(name))


def _slips(name: str) -> Iterable[str]:
    """One letter makes ระนอง of ระยอง: that is another's name, and no slip."""
    names = {"ระนอง", "ระยอง", "ranong", "rayong", "chiang rai", "chiang mai"}
    return (
        slip for slip in WRITINGS.slips(name) if slip.lower() == name.lower() or slip.lower() not in names
    )


def _distinct(index: Index) -> Iterable[str]:
    """Half are names in some writing, half are names of places that the graph does not know."""
    names = [name.text for thing in index.things.values() for name in thing.names if thing.is_a(PROVINCE)]
    written = (text for name in names for _, text in WRITINGS.composed(name))
    unknown = (f"บ้าน{name} หมู่ {number}" for number, name in product(range(1000), names))
    for pair in zip(written, unknown, strict=False):
        yield from pair


def _names(index: Index, wanted: int) -> bool:
    names = list(islice(dict.fromkeys(_distinct(index)), wanted))
    print("| distinct names | kind asked for | seconds |\n|---|---|---|")
    slowest = 0.0
    for title, kinds in (("province", PROVINCE), ("none", ())):
        began = time.perf_counter()
        for name in names:
            index.match(name, kinds)
        taken = time.perf_counter() - began
        slowest = max(slowest, taken)
        print(f"| {len(names):,} | {title} | {taken:.2f} |")
    print(f"\naim: {MOST_SECONDS_NAMES} s\n")
    return len(names) == wanted and slowest < MOST_SECONDS_NAMES


def _table(rows: int) -> bool:
    """`mueang link` over a table of names in many writings, in a process of its own with a home that is published."""
    with tempfile.TemporaryDirectory() as folder:
        _write_table(Path(folder) / "table.csv", rows)
        _mueang(folder, "build")
        began = time.perf_counter()
        code = _mueang(
            folder, "link", "table.csv", "--column", "จังหวัด", "--kind", "province", "--out", "out.csv"
        )
        taken = time.perf_counter() - began
        with (Path(folder) / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            written = sum(1 for _ in csv.reader(file)) - 1
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print("| rows | exit code | rows written | seconds | MB at most |\n|---|---|---|---|---|")
    print(f"| {rows:,} | {code} | {written:,} | {taken:.1f} | {megabytes:.0f} |")
    print(f"\naim for 1,000,000: {MOST_SECONDS_TABLE} s, {MOST_MEGABYTES} MB")
    return (code, written) == (0, rows) and taken < MOST_SECONDS_TABLE and megabytes < MOST_MEGABYTES


def _write_table(path: Path, rows: int) -> None:
    names = ("จ.ขอนแก่น", "กรุงเทพฯ", "จังหวัดบึงกาฬ", "เเพร่", "Nakhon Ratchasima", "ลําปาง", "PHUKET", "ระยอง")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ลำดับ", "จังหวัด", "จำนวน"])
        writer.writerows([row, names[row % len(names)], row * 7 % 1000] for row in range(rows))


def _mueang(folder: str, *arguments: str) -> int:
    command = [sys.executable, "-m", "mueang", *arguments]
    given = os.environ | {"PYTHONPATH": str(ROOT / "server"), "MUEANG_HOME": str(Path(folder) / "home")}
    return subprocess.run(
        command, cwd=folder, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
