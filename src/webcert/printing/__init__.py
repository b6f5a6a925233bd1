"""A certificate as PDF."""
