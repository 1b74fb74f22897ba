"""The graph as files, as generations and as a store.

`catalogue` knows which file is which named graph, `generation` publishes immutable lists of contents and
moves the pointer to the current one, `history` lists, restores and verifies them, `difference` compares two,
`dump` writes one out, `store` makes an Oxigraph store from contents. Imports `files` and below.
"""
