"""GraphML: the network of actors, one edge per directed dyad and quad class, weighted by its acts that are fact."""

from datetime import date
from pathlib import Path
from xml.sax.saxutils import quoteattr

from detente.record.record import Record

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="quad" for="edge" attr.name="quad" attr.type="string"/>
  <key id="acts" for="edge" attr.name="acts" attr.type="double"/>
  <key id="first" for="edge" attr.name="first" attr.type="string"/>
  <key id="last" for="edge" attr.name="last" attr.type="string"/>
  <graph edgedefault="directed">
"""
_SQL = """
    SELECT source, target, quad, sum(weight), min(coalesce(valid_first, known)), max(coalesce(valid_last, known))
    FROM acts_as_of({as_of}) WHERE factuality = 'fact' AND quad IS NOT NULL GROUP BY ALL ORDER BY ALL
"""


def write_graphml(record: Record, out_dir: Path, as_of: date | None) -> list[Path]:
    """Write ``actors.graphml`` (http://graphml.graphdrawing.org); ``first`` and ``last`` are days of the acts."""
    edges = record.rows_as_of(_SQL, as_of)
    target = out_dir / "actors.graphml"
    with target.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        for code in sorted({code for edge in edges for code in edge[:2]}):
            out.write(f"    <node id={quoteattr(code)}/>\n")
        for source, goal, quad, acts, first, last in edges:
            out.write(f"    <edge source={quoteattr(source)} target={quoteattr(goal)}>")
            out.write(f'<data key="quad">{quad}</data><data key="acts">{acts}</data>')
            days = (("first", first), ("last", last))
            out.write("".join(f'<data key="{key}">{day}</data>' for key, day in days if day) + "</edge>\n")
        out.write("  </graph>\n</graphml>\n")
    return [target]
