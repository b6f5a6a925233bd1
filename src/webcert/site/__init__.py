"""The ground floor where everything meets: settings, urls, wiring, command line, supervisor, logs and metrics.

No rule about certificates lives here; the rooms below know nothing of this one.
"""
