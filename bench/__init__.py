"""Speeds and SQL counts, measured and put in one table: `make bench`. Not part of the product."""
