"""Webcert: electronic medical certificates for Swedish health care. The floors and rooms are told in docs/architecture.md."""
