"""The only thing that the site itself keeps: how often something has been done lately (counting.py)."""

from django.db import models


class Count(models.Model):
    """How many times something has been done by somebody, in a time that ends at `ends` (seconds since 1970)."""

    key = models.CharField(max_length=60, primary_key=True)
    ends = models.BigIntegerField()
    times = models.IntegerField()
