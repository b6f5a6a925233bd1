"""Who listens to what: for each event that a room tells of, the functions of higher rooms that act on it.

One page, read from top to bottom; there are no hidden signals.
"""
