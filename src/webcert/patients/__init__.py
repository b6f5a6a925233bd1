"""The person as the population register (PU) knows her: name, protected identity, deceased."""
