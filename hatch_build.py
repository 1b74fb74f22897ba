"""Runs assets/fetch.py before a wheel is made, editable or not, so that the pages have what they need from npm."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling finds it by this name."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """What it fetches is ignored by git, and is still to go into the wheel."""
        fetch = Path(self.root) / "assets" / "fetch.py"
        subprocess.run([sys.executable, str(fetch)], check=False)  # noqa: S603
        build_data["artifacts"].append("server/mueang/web/static/vendor/*")
