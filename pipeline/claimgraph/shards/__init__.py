"""Claims as Parquet shards: extracted on one machine or on a cluster, attached to a graph later without parsing.

A folder of shards holds, for every shard, `claims-NAME.parquet` with the fields of a claim line, and beside them in
`_articles/` what attaching needs besides: the texts, exact bounds, evidence. Readers of Parquet folders pass over names
that start with an underscore, so that the folder reads as one table of claims.

plan.py (inputs to pieces) · cutting.py (a piece to shards) · folder.py (where shards are, here or anywhere that fsspec
reaches) · tables.py (records to Arrow and back) · work.py (a shard to its files) · engines.py (who does the work) ·
on_ray.py (the same on a Ray cluster) · run.py (the whole of it) · reading.py (shards to what a graph attaches)
"""
