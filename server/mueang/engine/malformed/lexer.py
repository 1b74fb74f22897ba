"""Cuts a SPARQL query into tokens with their places, as far as it can be cut; made for explaining, not for guarding."""

import re
from typing import NamedTuple

from mueang.engine.malformed.grammar import FUNCTIONS, KEYWORDS

_BASE = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME = _BASE + r"_0-9\u00B7\u0300-\u036F\u203F\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_NAME}:\-]|{_ESCAPED}|\.++(?=[{_NAME}:\-%\\]))*+"
_DIGITS = r"[0-9]++"

# Every repetition is possessive or bounded, so that no text takes longer than its length.
_TOKEN = re.compile(
    rf"""
  (?:[ \t\r\n]++|\#[^\r\n]*+)*+ (?:
    (?P<VAR>[?$][{_NAME}]++)
  | (?P<IRIREF><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>)
  | (?P<PREFIXED>(?:[{_BASE}][{_NAME}.\-]{{0,99}}+)?:(?P<local>{_LOCAL}))
  | (?P<BLANK>_:[{_NAME}][{_NAME}\-]*+(?:\.++(?=[{_NAME}\-])[{_NAME}\-]++)*+)
  | (?P<LANGTAG>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?)
  | (?P<STRING>'{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*+'{{3}} | "{{3}}(?:"{{0,2}}(?:[^"\\]|\\.))*+"{{3}}
      | '(?!'')(?:[^'\\\n\r]|\\.)*+' | "(?!"")(?:[^"\\\n\r]|\\.)*+")
  | (?P<OPEN>'{{3}}|"{{3}}|'|")
  | (?P<number>(?P<sign>[+\-]?)(?:
      (?P<NUMBER>{_DIGITS}\.[0-9]*+[eE][+\-]?{_DIGITS} | {_DIGITS}[eE][+\-]?{_DIGITS}
        | \.{_DIGITS}(?:[eE][+\-]?{_DIGITS})? | {_DIGITS}\.{_DIGITS}) | {_DIGITS}))
  | (?P<word>[{_BASE}_][{_NAME}]*+)
  | (?P<NIL>\([ \t\r\n]*+\))
  | (?P<ANON>\[[ \t\r\n]*+\])
  | (?P<mark><<\(|\)>>|<<|>>|\{{\||\|\}}|\^\^|&&|\|\||!=|<=|>=|[-+*/=<>!^|~.,;(){{}}\[\]?])
  | (?P<OTHER>.) | (?P<END>\Z))
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One token: its kind as the grammar names it, its text, and where it starts."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends: the place of the next character."""
        return self.start + len(self.text)


def token_at(text: str, place: int) -> Token:
    """The token at a place or after the space and comments there; END after the last one."""
    match = _TOKEN.match(text, place)
    if match is None:  # cannot be: OTHER is any character and END is none
        return Token("END", "", len(text))
    kind = match.lastgroup or "END"
    found = match[kind]
    return Token(_kind(kind, found, match), found, match.start(kind))


def opening_at(place: int) -> Token:
    """What looks like an IRI, read as the sign for `less than`."""
    return Token("<", "<", place)


def _kind(kind: str, text: str, match: re.Match[str]) -> str:
    match kind:
        case "mark":
            return text
        case "word":
            return _word(text)
        case "number":
            return "SIGNED" if match["sign"] else ("NUMBER" if match["NUMBER"] else "INTEGER")
        case "PREFIXED":
            return "PNAME_LN" if match["local"] else "PNAME_NS"
    return kind


def _word(text: str) -> str:
    if text in ("a", "true", "false"):
        return "a" if text == "a" else "BOOLEAN"
    upper = text.upper()
    if upper in KEYWORDS:
        return upper
    return FUNCTIONS[upper].kind if upper in FUNCTIONS else "WORD"
