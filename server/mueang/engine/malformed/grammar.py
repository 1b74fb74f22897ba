"""The grammar of SPARQL queries (1.1, and 1.2 as Oxigraph has it), as data; the rules keep the standard's names.

Quoted signs and words in capitals are tokens, the rest are rules: https://www.w3.org/TR/sparql12-query/#sparqlGrammar.
"""

from typing import NamedTuple


class Function(NamedTuple):
    """How a built-in function is called: its kind of token, and the least and most arguments it takes."""

    kind: str
    least: int
    most: int


_ANY = 1000
_CALLS = {
    (0, 0): "NOW RAND UUID STRUUID",
    (0, 1): "BNODE",
    (0, _ANY): "CONCAT COALESCE",
    (
        1,
        1,
    ): "STR LANG LANGDIR DATATYPE IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR MONTH "
    "DAY HOURS MINUTES SECONDS TIMEZONE TZ MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI ISBLANK ISLITERAL "
    "ISNUMERIC HASLANG HASLANGDIR ISTRIPLE SUBJECT PREDICATE OBJECT",
    (2, 2): "LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM ADJUST",
    (2, 3): "SUBSTR REGEX",
    (3, 3): "IF STRLANGDIR TRIPLE",
    (3, 4): "REPLACE",
}
_SPECIAL = {
    "BOUND": "BOUND",
    "COUNT": "COUNT",
    "GROUP_CONCAT": "GROUP_CONCAT",
    **dict.fromkeys(("SUM", "MIN", "MAX", "AVG", "SAMPLE"), "AGGREGATE"),
}

FUNCTIONS = {
    name: Function(f"CALL_{least}_{'ANY' if most == _ANY else most}", least, most)
    for (least, most), names in _CALLS.items()
    for name in names.split()
} | {name: Function(kind, 1, 1) for name, kind in _SPECIAL.items()}
FUNCTION_KINDS = frozenset(function.kind for function in FUNCTIONS.values())
AGGREGATES = frozenset({"COUNT", "AGGREGATE", "GROUP_CONCAT"})

KEYWORDS = frozenset(
    [
        "AS",
        "ASC",
        "ASK",
        "BASE",
        "BIND",
        "BY",
        "CONSTRUCT",
        "DESC",
        "DESCRIBE",
        "DISTINCT",
        "EXISTS",
        "FILTER",
        "FROM",
        "GRAPH",
        "GROUP",
        "HAVING",
        "IN",
        "LATERAL",
        "LIMIT",
        "MINUS",
        "NAMED",
        "NOT",
        "OFFSET",
        "OPTIONAL",
        "ORDER",
        "PREFIX",
        "REDUCED",
        "SELECT",
        "SEPARATOR",
        "SERVICE",
        "SILENT",
        "UNDEF",
        "UNION",
        "VALUES",
        "VERSION",
        "WHERE",
    ]
)

RULES = """
Query = Prologue ( SelectQuery | ConstructQuery | DescribeQuery | AskQuery ) ValuesClause END
Prologue = ( BASE IRIREF | PREFIX PNAME_NS IRIREF | VERSION STRING )*
SelectQuery = SelectClause DatasetClause* WhereClause SolutionModifier
SubSelect = SelectClause WhereClause SolutionModifier ValuesClause
SelectClause = SELECT ( DISTINCT | REDUCED )? ( Selected+ | '*' )
Selected = VAR | '(' Expression AS VAR ')'
ConstructQuery = CONSTRUCT ( Template DatasetClause* WhereClause | DatasetClause* WHERE Template ) SolutionModifier
Template = '{' TriplesTemplate? '}'
DescribeQuery = DESCRIBE ( VarOrIri+ | '*' ) DatasetClause* WhereClause? SolutionModifier
AskQuery = ASK DatasetClause* WhereClause SolutionModifier
DatasetClause = FROM NAMED? Iri
WhereClause = WHERE? GroupGraphPattern
SolutionModifier = GroupClause? HavingClause? OrderClause? LimitOffsetClauses?
GroupClause = GROUP BY GroupCondition+
GroupCondition = BuiltInCall | Iri ArgList | '(' Expression ( AS VAR )? ')' | VAR
HavingClause = HAVING Constraint+
OrderClause = ORDER BY ( ( ASC | DESC ) BrackettedExpression | Constraint | VAR )+
LimitOffsetClauses = LIMIT INTEGER ( OFFSET INTEGER )? | OFFSET INTEGER ( LIMIT INTEGER )?
ValuesClause = InlineData?

GroupGraphPattern = '{' ( SubSelect | GroupGraphPatternSub ) '}'
GroupGraphPatternSub = TriplesBlock? ( GraphPatternNotTriples '.'? TriplesBlock? )*
TriplesBlock = TriplesSameSubjectPath ( '.' TriplesBlock? )?
GraphPatternNotTriples = GroupGraphPattern ( UNION GroupGraphPattern )* | ( OPTIONAL | MINUS | LATERAL ) GroupGraphPattern
  | GRAPH VarOrIri GroupGraphPattern | SERVICE SILENT? VarOrIri GroupGraphPattern
  | FILTER Constraint | BIND '(' Expression AS VAR ')' | InlineData
InlineData = VALUES ( VAR '{' DataValue* '}' | ( NIL | '(' VAR+ ')' ) '{' ( NIL | '(' DataValue+ ')' )* '}' )
DataValue = Iri | Literal | UNDEF | '<<(' DataTerm ( Iri | 'a' ) DataTerm ')>>'
DataTerm = Iri | Literal | '<<(' DataTerm ( Iri | 'a' ) DataTerm ')>>'
Constraint = BrackettedExpression | BuiltInCall | Iri ArgList

TriplesTemplate = TriplesSameSubject ( '.' TriplesTemplate? )?
TriplesSameSubject = VarOrTerm PropertyListNotEmpty | ( ReifiedTriple | TriplesNode ) PropertyListNotEmpty?
PropertyListNotEmpty = Verb ObjectList ( ';' ( Verb ObjectList )? )*
ObjectList = Object ( ',' Object )*
Object = ( VarOrTerm | ReifiedTriple | TriplesNode ) ( '~' ReifierId? | '{|' PropertyListNotEmpty '|}' )*
TriplesNode = '(' ( VarOrTerm | ReifiedTriple | TriplesNode )+ ')' | '[' PropertyListNotEmpty ']'
Verb = VarOrIri | 'a'
TriplesSameSubjectPath = VarOrTerm PropertyListPath | ( ReifiedTriple | TriplesNodePath ) PropertyListPath?
PropertyListPath = VerbPath ObjectListPath ( ';' ( VerbPath ObjectListPath )? )*
ObjectListPath = ObjectPath ( ',' ObjectPath )*
ObjectPath = ( VarOrTerm | ReifiedTriple | TriplesNodePath ) ( '~' ReifierId? | '{|' PropertyListPath '|}' )*
TriplesNodePath = '(' ( VarOrTerm | ReifiedTriple | TriplesNodePath )+ ')' | '[' PropertyListPath ']'
VerbPath = VAR | Path
Path = PathSequence ( '|' PathSequence )*
PathSequence = PathElement ( '/' PathElement )*
PathElement = '^'? PathPrimary ( '?' | '*' | '+' )?
PathPrimary = Iri | 'a' | '!' ( PathStep | '(' PathStep ( '|' PathStep )* ')' ) | '(' Path ')'
PathStep = '^'? ( Iri | 'a' )
ReifiedTriple = '<<' ReifiedTerm Verb ReifiedTerm ( '~' ReifierId? )? '>>'
ReifiedTerm = VAR | Iri | Literal | BLANK | ANON | TripleTerm | ReifiedTriple
ReifierId = VarOrIri | BLANK | ANON
TripleTerm = '<<(' TripleTermPart Verb TripleTermPart ')>>'
TripleTermPart = VAR | Iri | Literal | BLANK | ANON | TripleTerm
VarOrTerm = VAR | Iri | Literal | BLANK | ANON | NIL | TripleTerm
VarOrIri = VAR | Iri
Iri = IRIREF | PNAME_LN | PNAME_NS
Literal = STRING ( LANGTAG | '^^' Iri )? | Number | BOOLEAN
Number = INTEGER | NUMBER | SIGNED | ( '+' | '-' ) ( INTEGER | NUMBER )

Expression = And ( '||' And )*
And = Relation ( '&&' Relation )*
Relation = Sum ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) Sum | IN ExpressionList | NOT IN ExpressionList )?
Sum = Product ( ( '+' | '-' ) Product | SIGNED ( ( '*' | '/' ) Unary )* )*
Product = Unary ( ( '*' | '/' ) Unary )*
Unary = '!' Unary | ( '+' | '-' )? Primary
Primary = BrackettedExpression | BuiltInCall | Iri ArgList? | VAR | BOOLEAN | INTEGER | NUMBER | SIGNED
  | STRING ( LANGTAG | '^^' Iri )? | ExprTripleTerm
ExprTripleTerm = '<<(' ExprTriplePart Verb ExprTriplePart ')>>'
ExprTriplePart = VAR | Iri | Literal | ExprTripleTerm
BrackettedExpression = '(' Expression ')'
ArgList = NIL | '(' Expression ( ',' Expression )* ')'
ExpressionList = NIL | '(' Expression ( ',' Expression )* ')'
BuiltInCall = CALL_0_0 NIL | CALL_0_1 ( NIL | '(' Expression ')' ) | CALL_0_ANY ExpressionList
  | CALL_1_1 '(' Expression ')' | CALL_2_2 '(' Expression ',' Expression ')'
  | CALL_2_3 '(' Expression ',' Expression ( ',' Expression )? ')'
  | CALL_3_3 '(' Expression ',' Expression ',' Expression ')'
  | CALL_3_4 '(' Expression ',' Expression ',' Expression ( ',' Expression )? ')'
  | BOUND '(' VAR ')' | NOT? EXISTS GroupGraphPattern
  | COUNT '(' DISTINCT? ( '*' | Expression ) ')' | AGGREGATE '(' DISTINCT? Expression ')'
  | GROUP_CONCAT '(' DISTINCT? Expression ( ';' SEPARATOR '=' STRING )? ')'
"""
