"""A SPARQL update cut into its operations, each to be run alone; with the dataset that the protocol may give them.

The text has been parsed by the engine before; here only tokens are looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mueang.engine.malformed.lexer import Token, token_at
from mueang.errors import WrongParameter

_OPEN, _CLOSE = "{", "}"
_BEGINNINGS = {"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}
_READING = {"WHERE", "DEFAULT", "ALL"}
_OWN_DATASET = {"USING", "WITH"}


@dataclass(frozen=True)
class Operation:
    """One operation with the prologue it is read under; `reads` is whether the default graph may matter to it."""

    prologue: str
    text: str
    tokens: tuple[Token, ...]

    @property
    def reads(self) -> bool:
        """Whether it looks at the default graph, or may."""
        return bool(_READING & {token.text.upper() for token in self.tokens})

    def over(self, default: Sequence[str], named: Sequence[str]) -> str:
        """The operation over these graphs (SPARQL 1.1 Protocol, section 2.2.3), ready to be run.

        Raises WrongParameter for one that names its own.
        """
        if not (default or named):
            return self.prologue + self.text
        if _OWN_DATASET & {token.text.upper() for token in self.tokens}:
            raise WrongParameter(
                th="ระบุ using-graph-uri หรือ using-named-graph-uri พร้อม USING หรือ WITH ในคำสั่งไม่ได้",
                en="using-graph-uri and using-named-graph-uri do not go with an update that has USING or WITH",
            )
        return self.prologue + self._with(_clauses(default, named))

    def _with(self, clauses: str) -> str:
        words = [token.text.upper() for token in self.tokens]
        if "WHERE" not in words:
            return self.text
        where = self.tokens[words.index("WHERE")]
        if words[:2] == ["DELETE", "WHERE"]:
            pattern = self.text[where.end :]
            return f"DELETE {pattern} {clauses} WHERE {pattern}"
        return f"{self.text[: where.start]} {clauses} {self.text[where.start :]}"


def operations(text: str) -> Iterator[Operation]:
    """Each operation of an update."""
    prologue = ""
    for start, tokens in _parts(text):
        first = next(
            (token for token in tokens if token.text.upper() in _BEGINNINGS and _is_word(token)), None
        )
        begins = first.start if first else tokens[-1].end
        prologue += text[start:begins] + "\n"
        if first:
            own = tuple(
                token._replace(start=token.start - begins) for token in tokens if token.start >= begins
            )
            yield Operation(prologue, text[begins : tokens[-1].end], own)


def _parts(text: str) -> Iterator[tuple[int, list[Token]]]:
    """What stands between semicolons outside of braces, each with its place and its tokens outside of braces."""
    start = depth = 0
    tokens: list[Token] = []
    for token in _tokens(text):
        if token.kind == ";" and not depth:
            if tokens:
                yield start, tokens
            start, tokens = token.end, []
            continue
        depth += (token.kind == _OPEN) - (token.kind == _CLOSE)
        if not depth or (token.kind == _OPEN and depth == 1):
            tokens.append(token)
    if tokens:
        yield start, tokens


def _tokens(text: str) -> Iterator[Token]:
    token = token_at(text, 0)
    while token.kind != "END":
        yield token
        token = token_at(text, token.end)


def _is_word(token: Token) -> bool:
    return token.text[0].isalpha() and token.kind not in ("PNAME_LN", "PNAME_NS")


def _clauses(default: Sequence[str], named: Sequence[str]) -> str:
    return " ".join([*(f"USING <{iri}>" for iri in default), *(f"USING NAMED <{iri}>" for iri in named)])
