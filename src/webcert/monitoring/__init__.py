"""What is told to whoever watches over the product: business and security events in the structured log, without personal data."""
