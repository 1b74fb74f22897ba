"""mueang: the knowledge graph of Thailand's smart cities, checked and served.

Packages, each importing only those below it: `cli` (commands) and `web` (HTTP), `check` (a submission in,
a report out) and `engine` (SPARQL in, an answer out), `graph` (files, generations, stores), then `files`,
`settings` and `errors`.
"""
