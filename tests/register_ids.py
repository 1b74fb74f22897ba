"""Registers minted keys: `python tests/register_ids.py` appends the new ones to data/register/ids.csv."""

import csv
import datetime
import re
import sys
from pathlib import Path

import pyoxigraph

ROOT = Path(__file__).resolve().parent.parent
REGISTER = ROOT / "data" / "register" / "ids.csv"
THING = re.compile(r"https://w3id\.org/mueang/id/([a-z-]+)/(.+)")
CODED_KINDS = {"province", "district", "subdistrict", "geometry", "figure"}
OFFICIAL_CODE = re.compile(r"(TH-([1-9][0-9]|S)|[1-9][0-9]{3}([0-9]{2})?)(-|$)")

Key = tuple[str, str]


def described_keys(folder: Path) -> set[Key]:
    """Kind and key of every thing that a data file describes under a minted key, not an official code."""
    found = set()
    for path in sorted(folder.rglob("*.ttl")):
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            if match := THING.fullmatch(getattr(quad.subject, "value", "")):
                found.add((match[1], match[2]))
    return {key for key in found if not is_official(*key)}


def is_official(kind: str, key: str) -> bool:
    """Whether the key is an official code, or begins with one, so that it need not be registered."""
    return kind in CODED_KINDS and OFFICIAL_CODE.match(key) is not None


def registered_keys(register: Path) -> list[Key]:
    """Kind and key of every row of the register, in its order."""
    with register.open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["key"]) for row in csv.DictReader(file)]


def append_new_keys(folder: Path, register: Path, day: datetime.date) -> list[Key]:
    """Adds the keys that are not registered yet; never removes or changes a row."""
    known = registered_keys(register) if register.exists() else []
    new = sorted(described_keys(folder) - set(known))
    with register.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if not known:
            writer.writerow(["kind", "key", "minted"])
        writer.writerows([kind, key, day.isoformat()] for kind, key in new)
    return new


if __name__ == "__main__":
    added = append_new_keys(ROOT / "data", REGISTER, datetime.datetime.now(datetime.UTC).date())
    print(f"{len(added)} keys appended to {REGISTER.relative_to(ROOT)}", file=sys.stderr)
