"""BankID: the Relying Party API v6.0 on a TLS port of its own, and the phones of the invented persons on a page of the stand-ins.

`api` is what a relying party calls, `orders` what an order goes through, `signing` how a person signs, `phone` the pages.
"""
