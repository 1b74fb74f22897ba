"""What the tests take from npm, by name, version and digest (tests/assets): never served, never in the wheel."""

import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent / "assets"
MODULES = HERE / "node_modules"
_LOCK = "package-lock.json"
_TAKEN = ".taken"
_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


def package(name: str) -> Path:
    """The folder of a package of the lock; the test is skipped where it can not be had."""
    if why := _fetched():
        message = f"the tests of pages need npm and its packages: {why}"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    return MODULES / name


@lru_cache(maxsize=1)
def _fetched() -> str:
    """Have npm fetch what the lock names, once; why that could not be, or nothing."""
    lock = (HERE / _LOCK).read_bytes()
    if (taken := MODULES / _TAKEN).exists() and taken.read_bytes() == lock:
        return ""
    if not (npm := shutil.which("npm")):
        return "there is no npm here"
    done = subprocess.run([npm, *_CI], cwd=HERE, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        return done.stderr.strip()
    taken.write_bytes(lock)
    return ""
