"""Submissions in tables: what stands in the cells of a CSV file or workbook, and what it means as statements.

`intake` reads a file into the tables of `grid`, by `separated` or `workbook`; the latter lets `package` unpack and
`markup` look the file over before anything else sees it. `form` says what the columns of a kind mean, `rows` makes
statements of cells and `table` cells of statements, `template` writes the empty workbook, `entry` tells pages
what a form asks. `marking` and `patch` write findings and repairs into the submitter's own file. Home of
python-calamine, openpyxl and XlsxWriter.
"""
