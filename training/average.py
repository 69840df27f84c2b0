"""Average the weights of runs that went on from one another (Wortsman et al. 2022).

python training/average.py training/runs/a:0.4 training/runs/b:0.6 --out training/runs/both
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Average."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", help="run:share; the shares are made to sum to one")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    parts = [(Path(run), float(share)) for run, _, share in (r.rpartition(":") for r in args.runs)]
    states = [(torch.load(run / "best.pt"), share / sum(s for _, s in parts)) for run, share in parts]
    first = states[0][0]
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save({name: sum(state[name] * share for state, share in states) for name in first}, args.out / "best.pt")


if __name__ == "__main__":
    main()
