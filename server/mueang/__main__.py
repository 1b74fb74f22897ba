"""`python -m mueang`."""

from mueang.cli import main

main()
