"""One page of each kind that the site has: what is asked of it, and what is sent there."""

from dataclasses import dataclass, field

from conftest import ROOT

BROKEN = (ROOT / "tests/cases/broken/C01-certification-without-a-scheme.ttl").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Kind:
    """A page: its name, its address, the form sent there (else it is got), the status that it has."""

    name: str
    path: str
    sent: dict[str, str] = field(default_factory=dict)
    status: int = 200

    def address(self, language: str) -> str:
        """The address in a language."""
        return f"{self.path}{'&' if '?' in self.path else '?'}lang={language}"


THINGS = [
    "area/hat-yai", "province/TH-90", "city/chiang-mai", "meeting/steering-1-2565", "figure/round-2022-areas",
    "cohort/round-2022", "district/9011", "source/article-2022-11-09", "geometry/TH-90-boundary",
]  # fmt: skip
PLAIN = [
    "/", "/search", "/search?q=ใหญ่", "/search?q=zzzz", "/coverage", "/changes?from=2022&to=2023", "/questions",
    "/questions/areas-of-a-round", "/questions/provinces-with-several-areas", "/questions/membership-over-time",
    "/questions/members-on-a-date?date=2000-01-01", "/sparql", "/sparql?query=ASK%7B%7D&format=html",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20tsc%3AinProvince%20%3Fo%7D%20LIMIT%205&format=html",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20a%20tsc%3ANope%7D&format=html",
    "/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20tsc%3AinProvince%20%3Fo%7D%20LIMIT%205&format=html",
    "/validate", "/submit", "/submit/area", "/submit/membership", "/login", "/link", "/catalog", "/generations",
    "/generations/1", "/graphs", "/graph/meta?format=html", "/id/area", "/id/claim", "/def", "/def/places", "/alignment/org", "/shapes",
    "/shapes/C01", "/vocab", "/vocab/outcome", "/vocab/confidence/high", "/reconcile/preview?id=province/TH-40",
]  # fmt: skip
KINDS = [
    *(Kind(f"id/{thing.partition('/')[0]}", f"/id/{thing}") for thing in THINGS),
    *(Kind(path, path) for path in PLAIN),
    Kind("a report", "/validate", {"text": BROKEN}),
    Kind("a form with faults", "/submit/area", {"form-area-name-en": "Nowhere", "form-area-province": "Nowhere"}),
    Kind("a linked table", "/link", {"text": "จังหวัด\r\nภูเก็ต\r\nขอนแกน\r\nโรงพยาบาล"}),
    Kind("nothing there", "/nope", status=404),
    Kind("no such thing", "/id/area/hat-ya", status=404),
    Kind("a wrong parameter", "/questions/is-a-city-a-member?date=yesterday", status=400),
    Kind("a query with a fault", "/sparql?query=SELEC&format=html", status=400),
    Kind("not signed in", "/submissions", status=401),
]  # fmt: skip
