"""A server over the repository's graph, and a real browser to look at it."""

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from test_serve import free_port, start, until_ready

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def browsing(playwright: Any, home: Path) -> Iterator[tuple[str, Any]]:
    """The address of a server and a browser, both ended at the end."""
    port = free_port()
    process = start(home, port)
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    try:
        until_ready(port)
        yield f"http://127.0.0.1:{port}", browser
    finally:
        browser.close()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
