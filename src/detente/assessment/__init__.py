"""Hypotheses, evidence, reliability, posteriors."""

from detente.assessment.assess import assess
from detente.assessment.model import Assessment, Contact, Hypothesis, Voice

__all__ = ["Assessment", "Contact", "Hypothesis", "Voice", "assess"]
