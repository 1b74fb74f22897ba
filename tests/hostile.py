"""Queries that kill other engines, each a text made by a few characters of Python."""

NUMBERS = " ".join(str(number) for number in range(40_000))
WORDS = " ".join(f'"{number}"' for number in range(100_000))
TRIPLES = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"


def nested(opening: str, middle: str, closing: str, depth: int) -> str:
    """`middle` wrapped `depth` times."""
    return opening * depth + middle + closing * depth


HOSTILE = {
    "parentheses 20,000 deep": f"SELECT * {{ BIND({nested('(', '1', ')', 20_000)} AS ?x) }}",
    "parentheses 200,000 deep": f"SELECT * {{ BIND({nested('(', '1', ')', 200_000)} AS ?x) }}",
    "parentheses 480,000 deep": f"SELECT * {{ BIND({nested('(', '1', ')', 480_000)} AS ?x) }}",
    "parentheses never closed": "SELECT * { BIND(" + "(" * 900_000,
    "braces 20,000 deep": f"SELECT * {nested('{', '', '}', 20_000)}",
    "braces 480,000 deep": f"SELECT * {nested('{', '', '}', 480_000)}",
    "braces never closed": "SELECT * " + "{" * 900_000,
    "not 300,000 times": f"SELECT ({'!' * 300_000}true AS ?x) {{}}",
    "minus 300,000 times": f"SELECT ({'-' * 300_000}1 AS ?x) {{}}",
    "plus 200,000 times": f"SELECT (1{'+1' * 200_000} AS ?x) {{}}",
    "or 100,000 times": f"SELECT (true{'||true' * 100_000} AS ?x) {{}}",
    "and 100,000 times": f"SELECT (true{'&&true' * 100_000} AS ?x) {{}}",
    "str 100,000 deep": f"SELECT ({nested('STR(', '1', ')', 100_000)} AS ?x) {{}}",
    "if 50,000 deep": f"SELECT ({nested('IF(true,', '1', ',1)', 50_000)} AS ?x) {{}}",
    "exists 5,000 deep": f"SELECT * {{ {nested('FILTER EXISTS { ', '?s ?p ?o', '}', 5_000)} }}",
    "not exists 50,000 deep": f"SELECT * {{ {nested('FILTER NOT EXISTS { ', '?s ?p ?o', '}', 40_000)} }}",
    "sub-selects 10,000 deep": nested("SELECT * { { ", "SELECT * {}", " } }", 10_000),
    "optionals 3,000 in a row": f"SELECT * {{ {'OPTIONAL { ?s ?p ?o } ' * 3_000} }}",
    "optionals 20,000 deep": f"SELECT * {{ {nested('OPTIONAL { ', '?s ?p ?o', ' }', 20_000)} }}",
    "binds 3,000 in a row": f"SELECT * {{ {' '.join(f'BIND(1 AS ?x{n})' for n in range(3_000))} }}",
    "unions of 20,000": f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * 20_000)} }}",
    "minus of 5,000": f"SELECT * {{ ?s ?p ?o {'MINUS { ?s ?p ?o } ' * 5_000} }}",
    "blank nodes 1,000 deep": f"SELECT * {{ ?s ?p {nested('[ <a:b> ', '1', ' ]', 1_000)} }}",
    "a list of 600": f"SELECT * {{ ?s ?p ( {'1 ' * 600} ) }}",
    "lists 2,000 deep": f"SELECT * {{ ?s ?p {nested('( ', '1', ' )', 2_000)} }}",
    "a path of 800 steps": f"SELECT * {{ ?s {'/'.join(['<a:b>'] * 800)} ?o }}",
    "a path of 20,000 choices": f"SELECT * {{ ?s {'|'.join(['<a:b>'] * 20_000)} ?o }}",
    "a path 20,000 deep": f"SELECT * {{ ?s {nested('(', '<a:b>', ')*', 20_000)} ?o }}",
    "every path between everything": "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>)* ?b . ?c (!<x:x>)* ?d }",
    "a cartesian product counted": f"SELECT (COUNT(*) AS ?n) {{ {TRIPLES} }}",
    "a cartesian product listed": f"SELECT * {{ {TRIPLES} }}",
    "a cartesian product sorted": f"SELECT * {{ {TRIPLES} }} ORDER BY ?c ?f ?i",
    "a cartesian product made distinct": f"SELECT DISTINCT ?a ?d ?g {{ {TRIPLES} }}",
    "a cartesian product grouped": f"SELECT ?a ?d (COUNT(*) AS ?n) {{ {TRIPLES} }} GROUP BY ?a ?d",
    "a cartesian product concatenated": f"SELECT (GROUP_CONCAT(?c) AS ?x) {{ {TRIPLES} }}",
    "a cartesian product constructed": f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {TRIPLES} }}",
    "a string doubled until it bursts": "SELECT (STRLEN(?z) AS ?n) { BIND('"
    + "a" * 32
    + "' AS ?a) "
    + " ".join(f"BIND(REPLACE(?{one}, 'a', ?{one}) AS ?{next_})" for one, next_ in ("ab", "bc", "cd", "dz"))
    + " }",
    "a backtracking pattern": 'SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "^(([ก-๙a-z ])+.)+$") && REGEX(STR(?o), "(.*)*x")) }',
    "a pattern of 100,000": f'SELECT * {{ ?s ?p ?o FILTER(REGEX(STR(?o), "{"(a|b)" * 20_000}")) }}',
    "100,000 values": f"SELECT * {{ VALUES ?x {{ {WORDS} }} }}",
    "a join of 40,000 values with 40,000": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {NUMBERS} }} VALUES ?y {{ {NUMBERS} }} FILTER(?x + ?y = 1) }}",
    "IN a list of 100,000": f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({WORDS.replace(' ', ',')})) }}",
    "a literal of 900 kB": f"SELECT ('{'ก' * 300_000}' AS ?x) {{}}",
    "a variable of 900 kB": f"SELECT ?{'x' * 900_000} {{}}",
    "20,000 variables": f"SELECT {' '.join(f'?x{n}' for n in range(20_000))} {{ ?s ?p ?o }}",
    "50,000 prefixes": f"{' '.join(f'PREFIX p{n}: <a:{n}>' for n in range(40_000))} ASK {{}}",
    "random numbers for ever": f"SELECT (SUM(RAND()) AS ?n) {{ {TRIPLES} }}",
    "describe everything": "DESCRIBE * { ?s ?p ?o }",
}
