"""Hypotheses, evidence, reliability, posteriors."""
