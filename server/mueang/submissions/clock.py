"""The time as the journal writes it: UTC, to the second, in the order of its text."""

from datetime import UTC, datetime, timedelta


def now() -> str:
    """This moment."""
    return _written(datetime.now(UTC))


def after(**length: float) -> str:
    """The moment that is this long from now, in the words of timedelta."""
    return _written(datetime.now(UTC) + timedelta(**length))


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
