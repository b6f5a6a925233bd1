"""Swedish alphabetical order: any case, å ä ö last."""

LETTERS = {"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "y"}
"""Letter → what it sorts as: "{" "|" "}" come after z."""

_TABLE = str.maketrans(LETTERS)


def swedish_order(text: str) -> str:
    """A key that sorts as Swedish readers expect."""
    return text.lower().translate(_TABLE)
