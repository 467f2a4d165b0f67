"""Proves that the GraphML files are read whole by NetworkX and igraph: as many nodes and edges as the file has,
the same labels, and numbers where numbers are meant.

Usage: check_networks.py FOLDER   (looks for networks/*/*.graphml)
"""

import math
import sys
import warnings
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx

from report import check, exit_code

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
TYPES = {"boolean", "int", "long", "float", "double", "string"}


def check_network(path):
    root = ElementTree.parse(path).getroot()
    keys = list(root.iter(GRAPHML + "key"))
    untyped = [key.get("id") for key in keys if key.get("attr.type") not in TYPES or not key.get("attr.name")]
    assert not untyped, f"keys without a name or type: {untyped}"
    ids = Counter(key.get("id") for key in keys)
    assert max(ids.values(), default=0) == 1, f"no keys, or an id used twice: {dict(ids)}"
    size = (sum(1 for _ in root.iter(GRAPHML + "node")), sum(1 for _ in root.iter(GRAPHML + "edge")))
    assert all(size), f"{size[0]} nodes, {size[1]} edges"

    # NetworkX makes nodes of dangling ends and keeps parallel edges only if told: both would show in the counts.
    first = networkx.read_graphml(path, force_multigraph=True)
    # igraph says what it drops in a warning.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        second = igraph.Graph.Read_GraphML(str(path))
    for tool, found in [
        ("NetworkX", (first.number_of_nodes(), first.number_of_edges())),
        ("igraph", (second.vcount(), second.ecount())),
    ]:
        assert found == size, f"{tool} reads {found[0]} nodes and {found[1]} edges, the file has {size[0]} and {size[1]}"

    labels = [data.get("label") for _, data in first.nodes(data=True)]
    assert all(isinstance(label, str) and label.strip() for label in labels), "a node without a label"
    assert "label" in second.vs.attributes() and sorted(second.vs["label"]) == sorted(labels), "igraph reads other labels"

    weights = [data.get("weight") for *_, data in first.edges(data=True)]
    assert all(type(weight) in (int, float) and math.isfinite(weight) and weight > 0 for weight in weights), (
        f"weights are not all numbers above 0, e.g. {next((w for w in weights if type(w) not in (int, float) or not w > 0), None)!r}"
    )
    assert "weight" in second.es.attributes() and all(type(weight) is float for weight in second.es["weight"]), (
        "igraph reads weights that are not numbers"
    )
    assert math.isclose(sum(weights), sum(second.es["weight"])), "igraph reads other weights"


def main(folder):
    for path in sorted(Path(folder).glob("networks/*/*.graphml")):
        with check(f"NetworkX and igraph read {path.parent.name}/{path.name}"):
            check_network(path)
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
