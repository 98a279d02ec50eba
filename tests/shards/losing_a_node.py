"""Extract on a Ray cluster of two nodes, one of which is killed when the second shard is complete.

    python tests/shards/losing_a_node.py OUTPUT ARTICLES_PER_SHARD INPUT...

Prints a line for every shard: its name, and what failed. A process of its own, because Ray changes the one it runs in.
"""

import json
import os
import sys
from pathlib import Path

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

import ray
from ray.cluster_utils import Cluster

import claimgraph
from claimgraph.api import extract_shards

_STORE = 80 * 2**20


def main(output: str, size: str, *inputs: str) -> None:
    # Ray prints to standard output what happens to nodes
    lines, sys.stdout = sys.stdout, sys.stderr
    # what the nodes' processes import
    os.environ["PYTHONPATH"] = str(Path(claimgraph.__file__).parents[1])
    head = {"num_cpus": 1, "object_store_memory": _STORE, "include_dashboard": False}
    # a node that does not answer is given up after two seconds, not fifteen
    head["_system_config"] = {"health_check_period_ms": 500, "health_check_failure_threshold": 4}
    nodes = Cluster(initialize_head=True, head_node_args=head)
    doomed = nodes.add_node(num_cpus=1, object_store_memory=_STORE)
    ray.init(address=nodes.address, log_to_driver=False, logging_level="ERROR")
    shards = extract_shards(inputs, output, size=int(size), engine="ray", workers=2)
    for done, shard in enumerate(shards, start=1):
        print(json.dumps([shard.name, [failure.problem for failure in shard.failures]]), file=lines, flush=True)
        if done == 2:
            nodes.remove_node(doomed, allow_graceful=False)
    ray.shutdown()
    nodes.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
