"""The stages of the pipeline, one module each, in order.

segment → numbers → parse → quantities → topics → timing → stance → attribution → relative → claims.
Each but `parse` reads records of earlier stages and writes one record of its own; see `claimgraph.stages.base`.
"""
