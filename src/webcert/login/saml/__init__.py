"""SAML 2.0 as a service provider speaks it: metadata, requests, responses, single logout. Pure: bytes, elements and values."""
