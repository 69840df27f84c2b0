"""The chart of the signed network: who is on good terms with whom, by the best split into camps, and its triangles."""

from collections import Counter

from detente.relations.charts.files import Spec, chart_file
from detente.relations.triads import KINDS, Balance, SignedNetwork

MOST_STATES = 40
"""States drawn at most: those with the most ties."""


def network_chart(network: SignedNetwork, balance: Balance) -> Spec:
    """Return the matrix of ties, states ordered by camp and number of ties, and the census of triangles.

    A cross marks a tie that stands against the best split into two camps: an enemy within or a friend across.
    """
    spec = chart_file("network.vl.json")
    camps, against = balance.frustration.camps, {frozenset(t[:2]) for t in balance.frustration.frustrated}
    degree = Counter(node for a, b, _ in network.ties for node in (a, b))
    shown = sorted(sorted(degree, key=lambda n: (-degree[n], n))[:MOST_STATES], key=lambda n: (camps[n], -degree[n], n))
    signs = {frozenset((a, b)): sign for a, b, sign in network.ties}
    spec["datasets"] = {
        "ties": [
            {
                "one": network.nodes[a],
                "other": network.nodes[b],
                "pair": f"{network.nodes[a]}–{network.nodes[b]}",
                "sign": {1: "+ friendly", -1: "− hostile"}.get(signs.get(frozenset((a, b)), 0)),
                "camps": "one camp" if camps[a] == camps[b] else "two camps",
                "against": frozenset((a, b)) in against,
                "stands": "against it" if frozenset((a, b)) in against else "in line with it",
            }
            for b in shown
            for a in shown
        ],
        "census": [
            {"triangle": kind, "found": n, "chance": mean, "z": z, "balance": "unbalanced" if odd else "balanced"}
            for kind, n, mean, z, odd in zip(
                KINDS, balance.census, balance.expected, balance.z, (False, True, False, True), strict=True
            )
        ],
    }
    title = f"{len(shown)} of {len(network.nodes)} states by camp; a cross: a tie against the split into two camps"
    spec["vconcat"][0]["title"]["text"] = title
    return spec
