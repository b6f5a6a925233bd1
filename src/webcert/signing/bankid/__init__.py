"""Signing with BankID: an order at BankID's Relying Party API, started in the person's app, collected until it has ended.

`client` speaks to BankID, `order` says what is signed, `evidence` judges what comes back; `qr`, `start` and `hints` are what the person
needs meanwhile. `actions` brings it together, `queries` judges anew later. Source: reference/login-and-signing.md §7.
"""
