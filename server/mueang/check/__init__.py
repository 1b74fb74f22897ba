"""A submission in, a Report out: what is wrong with it, where, why, and what to write instead.

Reading: `reader` takes text files (`encoding`, `terse` for Turtle and its kin, `jsonld`, `rdfxml`; `slip` says what is
wrong with a text that does not parse), `sheets` takes tables; `locator` says where a statement stands. Judging: `judge`
puts together what may not be touched (`touching`), literals (`lexical`), the shapes (`shacl`, over `target`, `together`,
`constraint`), what would break elsewhere, and `repairs`; `mending` writes these into the file. Telling: `formats` lists the
reports (`text`, `html`, `plain` for JSON, `listing` for CSV, `sarif`, `turtle`). Running: `desk` forks a child for each
of `jobs`, `client` asks it. For the gate: `consider`, `updating` and `writing` work out what would become of the graph.

Home of rdflib and pySHACL. Imports `engine`, `graph` and below.
"""
