"""What mends a finding, where there is exactly one way to.

Each mender takes a statement and gives it back as it should be, or nothing: `days`, `numbers`, `texts`, `points`,
`things`, `terms` and `datatypes` hold them, `table` says which rule asks which, `trial` tries the mended statements
and keeps those that make their finding go and cause no other. Imports `check` below, never `judge`.
"""
