"""The time as the journal writes it: UTC, to the second, in the order of its text."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from mueang.check.calendar import in_english, in_thai
from mueang.errors import Language

THAILAND = timezone(timedelta(hours=7))


def now() -> str:
    """This moment."""
    return _written(datetime.now(UTC))


def after(**length: float) -> str:
    """The moment that is this long from now, in the words of timedelta."""
    return _written(datetime.now(UTC) + timedelta(**length))


def in_words(moment: str) -> Mapping[Language, str]:
    """A moment as people read it, by the clocks of Thailand: in Thai in the Buddhist Era."""
    local = datetime.fromisoformat(moment).astimezone(THAILAND)
    return {
        "th": f"{in_thai(local.date())} เวลา {local:%H:%M} น.",
        "en": f"{in_english(local.date())}, {local:%H:%M} (UTC+7)",
    }


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
