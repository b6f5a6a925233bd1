"""The order at BankID that belongs to a ticket: everything that web processes have to know of it between two requests."""

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """How far it has come. SIGNED: the person has signed, and the evidence is kept; the certificate is signed in the next transaction."""

    PENDING = "PENDING"
    SIGNED = "SIGNED"
    FAILED = "FAILED"
    DONE = "DONE"


class Order(models.Model):
    """One for each ticket: a new try takes the place of the old one. The secret never leaves the server and is forgotten at the end.

    `asked_at` is when a page last asked how it goes; BankID is asked again after `collect_after`, which is late while somebody asks it.
    """

    ticket = models.OneToOneField("signing.Ticket", models.CASCADE, primary_key=True, related_name="bankid_order")
    user_id = models.CharField(max_length=64)
    device = models.CharField(max_length=5)
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    hint = models.CharField(max_length=40, default="outstandingTransaction")

    order_ref = models.CharField(max_length=200)
    auto_start_token = models.CharField(max_length=200)
    qr_start_token = models.CharField(max_length=200)
    qr_start_secret = models.CharField(max_length=200)

    began_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    collect_after = models.DateTimeField()
    evidence = models.BinaryField(null=True)

    class Meta:
        db_table = "signing_bankid_order"
        indexes = (models.Index(fields=["user_id"], name="pending_bankid_orders", condition=Q(state="PENDING")),)

    @property
    def is_pending(self) -> bool:
        """Whether the end is not known yet."""
        return self.state in (State.PENDING, State.SIGNED)
