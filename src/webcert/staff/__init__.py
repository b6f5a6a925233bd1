"""Users, roles and units from HSA, and the login context: who acts, on which unit."""
