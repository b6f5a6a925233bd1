"""The check digit (Luhn, modulo 10) of personal identity numbers and organisation numbers."""


def luhn_valid(digits: str) -> bool:
    """Whether the last of the ten `digits` is the right check digit: weights 2, 1, 2, 1, …, digit sums, a multiple of ten."""
    products = (int(digit) * (2 - position % 2) for position, digit in enumerate(digits))
    return sum(product // 10 + product % 10 for product in products) % 10 == 0
