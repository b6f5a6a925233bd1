"""The central signing service, on the port of the identity providers: a page to sign on, real keys, its own authority.

`messages` reads requests and writes answers, by another library than the product's; `pages` is what the user meets.
"""
