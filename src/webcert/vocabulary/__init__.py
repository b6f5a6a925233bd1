"""Small shared values that every floor may use: identity numbers, coded values, dates and periods, svar, clock, OIDs.

Nothing here knows a form, a contract's XML or a framework.
"""
