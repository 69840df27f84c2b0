"""The chart of influence: how a pair's conflict answers to more conflict of each third party, with bands."""

from collections.abc import Sequence

from detente.relations.autoregression import Response
from detente.relations.charts.files import OPEN, WARM, Spec, chart_file


def influence_chart(pair: tuple[str, str], responses: Sequence[tuple[str, bool, Response]], period: str) -> Spec:
    """Return a panel per series that might lead.

    Args:
        pair: The pair that answers.
        responses: The side's name, whether it leads at the false-discovery rate, and the pair's response to it.
        period: ``"week"`` or ``"month"``, for the axis.
    """
    spec = chart_file("influence.vl.json")
    spec["title"]["text"] = f"Conflict in {'–'.join(pair)} after one standard deviation more conflict in …"
    spec["spec"]["layer"][0]["encoding"]["x"]["title"] = f"{period}s later"
    spec["datasets"] = {
        "responses": [
            {
                **{"side": f"{side}{': leads' if leads else ': no evidence'}", "rank": rank, "step": step + 1},
                **{"middle": float(m), "low": float(low), "high": float(high), "colour": WARM if leads else OPEN},
            }
            for rank, (side, leads, response) in enumerate(responses)
            for step, (m, low, high) in enumerate(zip(response.middle, response.low, response.high, strict=True))
        ]
    }
    return spec
