"""The explorer and the report: pages over the claim graph, rendered on the server, readable without JavaScript."""
