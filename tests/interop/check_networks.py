"""Proves that networks are read whole by the tools that people use, in every form: as many nodes and edges as
the GraphML has, the same labels, numbers where numbers are meant, and measures as NetworkX and igraph work them out.

Usage: check_networks.py FOLDER…   (looks for networks/*/*.graphml)
"""

import csv
import json
import math
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

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


def check_others(path):
    """The other forms say the same of as many nodes and edges."""
    folder, name = path.parent, path.stem
    first = networkx.read_graphml(path, force_multigraph=True)
    size = (first.number_of_nodes(), first.number_of_edges())
    labels = sorted(data["label"] for _, data in first.nodes(data=True))
    for form in (f"{name}.gexf", f"{name}-dynamic.gexf"):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = networkx.read_gexf(folder / form)
        # NetworkX makes one of parallel edges here unless their ids are read: so the file itself is counted.
        edges = sum(1 for element in ElementTree.parse(folder / form).iter() if element.tag.endswith("}edge"))
        assert (found.number_of_nodes(), edges) == size, form
        assert sorted(data["label"] for _, data in found.nodes(data=True)) == labels, form
        viz = [data["viz"] for _, data in found.nodes(data=True)]
        assert all(math.isfinite(one["position"]["x"]) and one["size"] > 0 for one in viz), form
    dynamic = (folder / f"{name}-dynamic.gexf").read_text("utf-8")
    assert ' start="2' in dynamic or 'for="first_date"' not in dynamic, "no edge says when it was"
    data = json.loads((folder / f"{name}.json").read_text("utf-8"))
    found = networkx.node_link_graph(data, edges="edges")
    assert (found.number_of_nodes(), found.number_of_edges()) == size and found.is_directed() == first.is_directed()
    elements = json.loads((folder / f"{name}.cyjs").read_text("utf-8"))["elements"]
    assert (len(elements["nodes"]), len(elements["edges"])) == size
    ids = [element["data"]["id"] for group in elements.values() for element in group]
    assert len(set(ids)) == len(ids), "ids are used twice"
    for nodes, edges, ident, ends in (
        ("nodes.csv", "edges.csv", "id", ("source", "target")),
        ("neo4j/nodes.csv", "neo4j/edges.csv", "id:ID", (":START_ID", ":END_ID")),
    ):
        rows, links = (list(csv.DictReader((folder / one).open(encoding="utf-8", newline=""))) for one in (nodes, edges))
        assert (len(rows), len(links)) == size, nodes
        known = {row[ident] for row in rows}
        assert len(known) == len(rows) and all(link[end] in known for link in links for end in ends), edges
        assert not any("\n" in cell for row in rows + links for cell in row.values()), "a line break in a cell"


def check_measures(path):
    """Measures as NetworkX and igraph work them out, to nine places."""
    multi = networkx.read_graphml(path, force_multigraph=True)
    weighted = networkx.DiGraph() if multi.is_directed() else networkx.Graph()
    simple = networkx.Graph()
    for graph in (weighted, simple):
        graph.add_nodes_from(multi)
    for source, target, data in multi.edges(data=True):
        for graph in (weighted, simple):
            if source != target or graph is weighted:
                before = graph.get_edge_data(source, target, {"weight": 0.0})["weight"]
                graph.add_edge(source, target, weight=before + data["weight"])
    said = {name: networkx.get_node_attributes(multi, name) for name in ("betweenness", "closeness", "pagerank", "degree", "component", "community")}
    expected = {
        "betweenness": networkx.betweenness_centrality(simple),
        "closeness": networkx.closeness_centrality(simple),
        "degree": dict(simple.degree()),
        "pagerank": _pagerank_python(weighted, tol=1e-14, max_iter=1000),
    }
    for name, values in expected.items():
        for node, value in values.items():
            assert abs(said[name][node] - value) < 1e-9, f"{name} of {node}: {said[name][node]}, not {value}"
    other = igraph.Graph.from_networkx(simple)
    pairs = max((len(simple) - 1) * (len(simple) - 2), 1)
    between = [2 * value / pairs for value in other.betweenness()]
    for node, value in zip(other.vs["_nx_name"], between):
        assert abs(said["betweenness"][node] - value) < 1e-9, f"igraph: betweenness of {node}"
    for component in networkx.connected_components(simple):
        assert len({said["component"][node] for node in component}) == 1
    groups = {}
    for node, community in said["community"].items():
        groups.setdefault(community, set()).add(node)
    return networkx.community.modularity(simple, groups.values()), other


def check_figures(path, program):
    """The figures that the program prints are those of the file."""
    modularity, other = check_measures(path)
    printed = subprocess.run([program, "network", path.stem, "--measures"], capture_output=True, encoding="utf-8").stdout
    figures = dict(line.split(": ", 1) for line in printed.split("\n\n")[0].splitlines() if not line.startswith("note"))
    assert abs(float(figures["modularity"]) - modularity) < 5.1e-5, f"{figures['modularity']}, not {modularity}"
    best = other.community_multilevel(weights="weight").modularity
    assert modularity > best - 0.02, f"communities of {modularity}, and igraph finds some of {best}"


def main(program, *folders):
    for folder in folders:
        for path in sorted(Path(folder).glob("networks/*/*.graphml")):
            of = f"{Path(folder).name}: {path.stem}"
            with check(f"NetworkX and igraph read {of}"):
                check_network(path)
            with check(f"every form says the same of {of}"):
                check_others(path)
            with check(f"measures are those of NetworkX and igraph for {of}"):
                check_measures(path)
            if folder == folders[0]:
                with check(f"figures are those of the file for {of}"):
                    check_figures(path, program)
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
