"""A submission in, a Report out: is what it says well formed, and does it hold with what is published?

`reader` takes files in, `shacl` judges them by the shapes, `judge` puts the two together, `report` and its
renderers say what was found. Home of rdflib and pySHACL. Imports `graph` and below.
"""
