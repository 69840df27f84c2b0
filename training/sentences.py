"""Fit which pairs of a sentence have an event: PLV's marked pairs against the other pairs of their sentences.

python training/sentences.py WEIGHTS --fold 0    # WEIGHTS: folder of a pairs.onnx that never saw that fold of PLV

A pair counts as marked when both its sides overlap the marks. Rows without a source or target are left out.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from detente.model.document import Document
from detente.reading.learned.pairs import PairCoder
from detente.reading.learned.sentence_choice import FEATURES, FILE, features
from detente.reading.learned.sentence_coder import SentenceCoder
from detente.reading.learned.sentence_parties import phrase
from detente.reading.rules import rule_reader
from export_pairs import WEIGHTS
from pair_sets import plv_rows, unmarked


def examples(coder: SentenceCoder, fold: int) -> Iterator[tuple[list[float], bool, int]]:
    """Yield features, whether the pair is the marked one, and the number of its row."""
    reader = rule_reader()
    for number, (marked, _) in enumerate(plv_rows()):
        text, spans = unmarked(marked)
        if number % 5 != fold or len(spans) != 2:
            continue
        page = reader.parser.parse(Document(Document.id_of(text, None, None, str(number)), text))
        reading = reader.read_page(page)
        for tokens in page.sentence_tokens:
            judged, _ = coder.judge(page, reading, tokens)
            for values, one in zip(features(judged), judged, strict=True):
                sides = ((one.pair.source, spans["s"]), (one.pair.target, spans["t"]))
                yield values, all(any(_meet(phrase(h), span) for h in heads) for heads, span in sides), number


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def main() -> None:
    """Fit, report cross-validated discrimination, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    rows = list(examples(SentenceCoder(PairCoder(args.weights)), args.fold))
    values, right, groups = (np.array(column) for column in zip(*rows, strict=True))
    model = LogisticRegression(C=0.3, max_iter=1000)
    crossed = cross_val_predict(
        model, values, right, groups=groups, cv=GroupKFold(5), method="predict_proba", n_jobs=1
    )[:, 1]
    print("pairs", len(right), "marked", int(right.sum()), "AUC", round(float(roc_auc_score(right, crossed)), 4))
    model.fit(values, right)
    weights = {name: round(float(w), 4) for name, w in zip(FEATURES, model.coef_[0], strict=True)}
    out = {"intercept": round(float(model.intercept_[0]), 4), "weights": weights}
    (args.out / FILE).write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(out))


if __name__ == "__main__":
    main()
