"""What Webcert remembers of a user besides what HSA knows: her preferences."""

from django.db import models


class UserPreference(models.Model):
    """One choice of one user: favourite certificate types, whether a panel is hidden and the like."""

    pk = models.CompositePrimaryKey("hsa_id", "key")
    hsa_id = models.CharField(max_length=64)
    key = models.CharField(max_length=40)
    value = models.JSONField()
