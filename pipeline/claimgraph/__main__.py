"""`python -m claimgraph` is the command line."""

from claimgraph.cli.main import run

run()
