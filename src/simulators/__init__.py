"""Stand-ins for the systems outside Webcert, for development, demonstration and tests.

They speak the real protocols on a port of their own and share nothing with the product; each has a page that shows what it
knows and received, and lets a person change it or make it fail. Only invented organisations and official test identity numbers.
"""
