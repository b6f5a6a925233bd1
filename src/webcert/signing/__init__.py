"""Electronic signatures: how a certificate is signed, and whether a signature is good. The certificate itself is the heart's affair."""
