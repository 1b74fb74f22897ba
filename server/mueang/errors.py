"""What can go wrong, said in Thai and English, with the HTTP status and the exit code it means."""

from typing import Literal

Language = Literal["th", "en"]


class MueangError(Exception):
    """Something the reader should know: a sentence in both languages, a status and an exit code."""

    status = 500
    exit_code = 3

    def __init__(self, *, th: str, en: str) -> None:
        super().__init__(en)
        self.th = th
        self.en = en

    def said_in(self, language: Language) -> str:
        """The sentence in the reader's language."""
        return self.th if language == "th" else self.en


class UnusableRequest(MueangError):
    """The request itself cannot be worked with."""

    status = 400
    exit_code = 2


class MalformedQuery(UnusableRequest):
    """A SPARQL query that does not parse; knows where."""

    def __init__(self, *, th: str, en: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(th=th, en=en)
        self.line = line
        self.column = column


class MalformedData(UnusableRequest):
    """A file whose text does not follow its syntax; knows where, if that can be told."""

    def __init__(self, *, th: str, en: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(th=th, en=en)
        self.line = line
        self.column = column


class UnreadableFile(UnusableRequest):
    """A file that is missing, a folder, or may not be read."""


class UnwritableFile(UnusableRequest):
    """A file that a user asked to have written and that cannot be."""


class UnknownFormat(UnusableRequest):
    """A file name or option that names no format known here."""


class WrongParameter(UnusableRequest):
    """A parameter that is missing, unknown, or not of its type."""


class WrongSetting(UnusableRequest):
    """A setting that is unknown or has an impossible value."""


class ProtectedGraph(UnusableRequest):
    """A graph that changes only in the repository's files, or through the gate itself: whoever asks, it is refused."""

    status = 403


class NotSignedIn(MueangError):
    """Nobody known asks, or with a token that is no longer good."""

    status = 401
    exit_code = 2

    def __init__(self, *, th: str, en: str, challenge: str = 'Bearer realm="mueang"') -> None:
        super().__init__(th=th, en=en)
        self.challenge = challenge


class NotAllowed(MueangError):
    """Somebody known asks for what their role does not let them do."""

    status = 403
    exit_code = 2


class TooOften(MueangError):
    """Too many wrong attempts."""

    status = 429

    def __init__(self, *, th: str, en: str, retry_after: int) -> None:
        super().__init__(th=th, en=en)
        self.retry_after = retry_after


class NotFound(UnusableRequest):
    """Nothing goes by that name here."""

    status = 404


class MethodNotAllowed(UnusableRequest):
    """The route exists, but not for this method."""

    status = 405

    def __init__(self, *, th: str, en: str, allowed: str) -> None:
        super().__init__(th=th, en=en)
        self.allowed = allowed


class NotAcceptable(UnusableRequest):
    """None of the formats asked for can be given."""

    status = 406


class Moved(MueangError):
    """Something changed between looking and acting: to be looked at again."""

    status = 409
    exit_code = 1


class PreconditionFailed(UnusableRequest):
    """What the request makes a condition of being done is not so."""

    status = 412


class TooLarge(UnusableRequest):
    """More bytes than the limit allows."""

    status = 413


class UnsupportedMediaType(UnusableRequest):
    """A body of a media type that is not read here."""

    status = 415


class UnsupportedCoding(UnsupportedMediaType):
    """A body packed in a way that is not unpacked here (RFC 9110, section 15.5.16)."""

    codings = "gzip"


class BrokenData(MueangError):
    """The repository's own data breaks a shape: nothing is published."""

    status = 422
    exit_code = 1


class StoreFailed(MueangError):
    """The folder or store that holds generations cannot be used."""

    status = 503


class OutOfSpace(StoreFailed):
    """The disk is full."""

    status = 507


class Busy(MueangError):
    """Nobody was free to answer in time; asking again later may do."""

    status = 503
    retry_after = 2


class CallFailed(MueangError):
    """Another server that a query calls did not answer as it should."""

    status = 502


class QueryBudgetExceeded(MueangError):
    """A query that used up its budget: of `time`, `memory` or `size`."""

    status = 503
    retry_after = 60

    def __init__(self, *, th: str, en: str, budget: str) -> None:
        super().__init__(th=th, en=en)
        self.budget = budget


class CheckBudgetExceeded(QueryBudgetExceeded):
    """A check that used up its budget: of `time`, `memory` or `size`."""
