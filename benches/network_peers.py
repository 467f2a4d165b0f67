"""The whole run of igraph or NetworkX that `network.py` measures, in a process of its own.

Usage: python3 benches/network_peers.py igraph|networkx NODES.csv EDGES.csv FOLDER

Reads both tables, works out degree, strength, PageRank, betweenness from 50 nodes and Louvain communities of the
undirected network, and writes what the tables say to FOLDER: igraph as GraphML and DOT, NetworkX as GraphML, GEXF
and, where pydot is there, DOT. The measures are not written.
"""

import csv
import importlib.util
import random
import sys

SOURCES = 50
SEED = 1


def read_columns(path):
    """Each column of a table, by its heading."""
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    columns = dict(zip(header, zip(*rows)))
    if "weight" in columns:
        columns["weight"] = list(map(float, columns["weight"]))
    return columns


def read_rows(path):
    """Each row of a table, as values by heading."""
    columns = read_columns(path)
    return (dict(zip(columns, row)) for row in zip(*columns.values()))


def run_igraph(nodes, edges, folder):
    import igraph

    random.seed(SEED)
    nodes, edges = read_columns(nodes), read_columns(edges)
    place = {name: index for index, name in enumerate(nodes["id"])}
    ends = [[place[name] for name in edges.pop(end)] for end in ("source", "target")]
    graph = igraph.Graph(n=len(place), edges=list(zip(*ends)), vertex_attrs=nodes, edge_attrs=edges)
    graph.degree()
    graph.strength(weights="weight")
    graph.pagerank(weights="weight")
    graph.betweenness(directed=False, sources=random.sample(range(len(place)), SOURCES))
    graph.community_multilevel(weights="weight")
    graph.write_graphml(f"{folder}/network.graphml")
    graph.write_dot(f"{folder}/network.dot")


def run_networkx(nodes, edges, folder):
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from((row.pop("id"), row) for row in read_rows(nodes))
    graph.add_edges_from((row.pop("source"), row.pop("target"), row) for row in read_rows(edges))
    dict(graph.degree())
    dict(graph.degree(weight="weight"))
    networkx.pagerank(graph, weight="weight")
    networkx.betweenness_centrality(graph, k=SOURCES, seed=SEED)
    networkx.community.louvain_communities(graph, weight="weight", seed=SEED)
    networkx.write_graphml_xml(graph, f"{folder}/network.graphml")
    networkx.write_gexf(graph, f"{folder}/network.gexf")
    if importlib.util.find_spec("pydot"):
        networkx.nx_pydot.write_dot(graph, f"{folder}/network.dot")
    else:
        print("note: NetworkX writes no DOT, since pydot is not there", file=sys.stderr)


if __name__ == "__main__":
    {"igraph": run_igraph, "networkx": run_networkx}[sys.argv[1]](*sys.argv[2:])
