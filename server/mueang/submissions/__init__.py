"""What comes in from outside: who hands it in, the journal of what became of it, review, the gate that publishes.

May import check, engine, graph, files, settings, errors. The home of SQLite and of password hashing.
"""
