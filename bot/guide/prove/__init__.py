"""Proving the guide: each property over the answers that it reads, each failure with a witness."""

from bot.guide.prove.proof import PROPERTIES, Proof, prove
from bot.guide.prove.report import Report

__all__ = ["PROPERTIES", "Proof", "Report", "prove"]
