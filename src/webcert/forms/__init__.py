"""The form language: elements, conditions, problems, and evaluation of answers against a form.

Pure: no framework, no database, no clock. A certificate type is a form made of these parts (`certificate_types/`).
"""
