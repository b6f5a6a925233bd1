"""Diagnosis codes: which lists there are, how they come in from the publisher's files, and how a doctor finds a code.

What a certificate demands of a code is the form language's business; the pages' fields are in `ui` and `certificates`.
"""
