"""Delivery of certificates to the authorities that they are written for."""
