"""Signing through the central signing service: a signed SignRequest by way of the browser, a SignResponse back.

`request` and `response` are the messages, pure; `service` is what this installation knows of the service; `actions` and `views` the way.
"""
