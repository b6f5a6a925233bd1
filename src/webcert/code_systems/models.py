"""The editions of the code lists. An edition is never changed once it is imported; exactly one of each system is in force.

How editions come and go is in `actions`; they are read through `register`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from webcert.vocabulary.clock import now


class CodeEdition(models.Model):
    """One import of a whole list. `digest` tells editions with the same content (`lists.CodeList.digest`)."""

    system = models.CharField(max_length=20)
    name = models.TextField()
    imported_at = models.DateTimeField(default=now)
    digest = models.CharField(max_length=64)
    active = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("system", "digest"), name="code_edition_imported_once"),
            models.UniqueConstraint(fields=("system",), condition=models.Q(active=True), name="code_edition_one_in_force"),
        )


class Code(models.Model):
    """One code of an edition, as `lists.Entry` describes it. The key is the only index, since whole editions are read at once."""

    pk = models.CompositePrimaryKey("edition_id", "code")
    edition = models.ForeignKey(CodeEdition, on_delete=models.CASCADE, related_name="codes", db_index=False)
    code = models.CharField(max_length=8)
    title = models.TextField()
    synonyms = ArrayField(models.TextField(), default=list)
    valid_from = models.DateField(null=True)
    marker = models.CharField(max_length=1, default="")
    not_main = models.BooleanField(default=False)
