"""The access log that Patientdatalagen demands: who did what with whose certificate, where and why. Rows are only ever added."""
