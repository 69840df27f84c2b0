"""Readings against gold: the dispatch format, scores, floors."""
