"""The balance of the whole signed network: what ``detente triad --network`` shows."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from rich.table import Table

from detente.cli.common import out, print_json
from detente.cli.drawing import draw
from detente.cli.measures import percent, write_csv
from detente.model.errors import UsageError

if TYPE_CHECKING:
    from detente.relations.pairs import PairTotals
    from detente.relations.triads import Balance, SignedNetwork


def show_network(totals: "PairTotals", samples: int, csv: Path | None, chart: Path | None, json: bool) -> None:
    """Judge the network of all ties, and print, draw or write what is found."""
    from detente.relations.charts import network_chart
    from detente.relations.triads import KINDS, balance, signed_network

    network = signed_network(totals)
    if not network.ties:
        raise UsageError("no pair has acts enough for a signed tie; load event data or take a longer stretch")
    found = balance(network, frustration_samples=samples)
    census = [
        {"triangle": kind, "found": n, "by_chance": mean, "z": z}
        for kind, n, mean, z in zip(KINDS, found.census, found.expected, found.z, strict=True)
    ]
    if csv:
        write_csv(pa.Table.from_pylist(census), csv)
    if chart:
        draw(network_chart(network, found), "Signed network", chart)
    if json:
        print_json({"states": len(network.nodes), "ties": len(network.ties), "balance": found})
    elif str(csv) != "-":
        _print(network, found, census)


def _print(network: "SignedNetwork", found: "Balance", census: list[dict[str, Any]]) -> None:
    negative = sum(sign < 0 for *_, sign in network.ties)
    out.print(f"{len(network.nodes)} states, {len(network.ties)} signed ties, {negative} negative", markup=False)
    table = Table("triangle", "found", "by chance", "z", box=None, header_style="dim")
    for row in census:
        table.add_row(str(row["triangle"]), f"{row['found']:,}", f"{row['by_chance']:,.1f}", f"{row['z']:+.1f}")
    out.print(table)
    index = f"{found.frustration.index:,} ties stand against the best split into two camps (exact)"
    if found.expected_frustration is not None:
        share = percent(found.p_frustration or 0)
        index += f"; by chance {found.expected_frustration:,.1f}, as few in {share} of draws"
    out.print(f"Frustration: {index}", markup=False)
