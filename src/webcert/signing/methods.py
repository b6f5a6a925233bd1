"""By which way each user signs: how she logged in decides.

A way is a page, where the signing goes on with the ticket that has been begun; the page's room does the rest and calls `actions.finish`
with the proof. A new way is a row here and a folder beside. Source: reference/login-and-signing.md §1, §6.1.
"""

from webcert.staff.identity import Method

PAGES = {
    Method.SITHS: "sign-with-service",
    Method.EFOS: "sign-with-service",
    Method.NET_ID: "sign-with-service",
    Method.BANK_ID: "bankid",
    Method.MOBILE_BANK_ID: "bankid",
}
"""Method → name of the address that takes the ticket's id."""
