"""The access log that Patientdatalagen asks for."""
