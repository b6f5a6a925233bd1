"""The heart: the certificate's record and its life, from draft to revoked."""
