"""Transportstyrelsen's certificates as the contracts before RIV-TA v3 carry them, read into `riv.intyg`.

`register` reads those that care systems wrote (RegisterTSBas, RegisterTSDiabetes), `utlatande` what Transportstyrelsen was sent of them
(RegisterCertificate 1). Here what they say becomes the svar of the RIV-TA form of the same certificate, so that one declaration reads all.
Nothing is written in these forms. Source: reference/certificates/tstrk1007.md §5.4, tstrk1031.md §3.3.
"""
