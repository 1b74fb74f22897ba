"""SPARQL in, an answer out.

`query` holds the one door (`Engine.answer`), `formats` the result formats, `malformed` puts a parser's error
into words, `question` reads the saved questions, `rulebook` is asked about the rules and axioms,
`remote` asks another server, `outward` lets queries call listed ones. Imports `graph` and below; knows nothing of HTTP.
"""
