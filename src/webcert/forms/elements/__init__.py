"""The element kinds, one folder each: the answer's shape, its rules, its svar both ways, how it reads, and `edit.jinja`.

Nothing lists the kinds; a form imports those it uses. They know no certificate type.
"""
