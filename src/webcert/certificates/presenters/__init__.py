"""What the pages say about certificates, made from the record so that templates need not compute. Nothing is looked up or decided here."""
