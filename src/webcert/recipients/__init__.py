"""Delivery of certificates to Försäkringskassan and Transportstyrelsen."""
