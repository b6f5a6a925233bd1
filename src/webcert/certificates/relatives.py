"""A certificate's relatives: the one it follows from, and those that follow from it.

A certificate is replaced or complemented only by a signed one that is not revoked. Source: reference/access-and-lifecycle.md §3.3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from webcert.certificates.models import Certificate, Relation

_COLUMNS = (
    *("id", "type", "status", "relation", "parent_id", "unit_id", "care_provider_id"),
    *("revoked_at", "created_at", "signed_at"),
)


@dataclass(frozen=True)
class Relatives:
    """The parent, if there is one, and the children; `siblings` are the parent's other children."""

    parent: Certificate | None = None
    children: tuple[Certificate, ...] = ()
    siblings: tuple[Certificate, ...] = ()

    @cached_property
    def replacement(self) -> Certificate | None:
        """The signed certificate that has replaced this one."""
        return _signed(self.children, Relation.REPLACES)

    @cached_property
    def complement(self) -> Certificate | None:
        """The signed certificate that has complemented this one."""
        return _signed(self.children, Relation.COMPLEMENTS)

    def other(self, relation: Relation) -> Certificate | None:
        """The signed certificate that has followed from the parent in that way before this one could."""
        return _signed(self.siblings, relation)

    def open_draft(self, relation: Relation) -> Certificate | None:
        """The draft that is being written to follow this one in that way."""
        return next((child for child in self.children if child.relation == relation and child.is_open_draft), None)


def _signed(family: Iterable[Certificate], relation: Relation) -> Certificate | None:
    return next((one for one in family if one.relation == relation and one.is_signed and not one.revoked_at), None)


NONE = Relatives()


def relatives_of(certificate: Certificate) -> Relatives:
    """The certificate's relatives, in one statement; their answers are not fetched."""
    near = Q(parent_id=certificate.id)
    if certificate.parent_id:
        near |= Q(pk=certificate.parent_id) | Q(parent_id=certificate.parent_id)
    found = list(Certificate.objects.filter(near).only(*_COLUMNS).order_by("-created_at"))
    parent = next((other for other in found if other.id == certificate.parent_id), None)
    siblings = (other for other in found if other.parent_id and other.parent_id == certificate.parent_id and other.id != certificate.id)
    return Relatives(parent, tuple(other for other in found if other.parent_id == certificate.id), tuple(siblings))


def relatives_among(ids: Iterable[UUID]) -> dict[UUID, Relatives]:
    """Of the certificates, those that others follow from: id → its children, and nobody else. One statement for a whole list."""
    children = Certificate.objects.filter(parent_id__in=list(ids)).only(*_COLUMNS).order_by("parent_id", "-created_at")
    return {parent: Relatives(None, tuple(family)) for parent, family in groupby(children, lambda child: child.parent_id) if parent}
