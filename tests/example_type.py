"""A certificate type that the product does not have: FK 7210, as docs/adding-a-certificate-type.md tells how to declare it.

Source: reference/certificates/extension-types.md A.2.
"""

from datetime import date

from webcert.certificate_types.certificate_type import FORSAKRINGSKASSAN, CertificateType, Generation, TextVersion
from webcert.certificate_types.shared_fk import UNIT
from webcert.forms.conditions import WRITING, later_than, older_than
from webcert.forms.elements.date import Date
from webcert.forms.form import Form, category
from webcert.forms.rules import Rule

FORM = Form(
    (
        category(
            "fodelsedatum",
            "Beräknat födelsedatum",
            Date(
                "54",
                "Datum",
                mandatory=True,
                future_allowed=True,
                rules=(
                    Rule(WRITING & older_than("54", 0), "Ange dagens datum eller ett senare."),
                    Rule(WRITING & later_than("54", 366), "Ange ett datum inom ett år."),
                ),
                help="Utgå från det senaste ultraljudet.",
            ),
        ),
        UNIT,
    )
)

FK7210 = CertificateType(
    id="igrav",
    code="FK 7210",
    external_code="IGRAV",
    name="Intyg om graviditet",
    recipient=FORSAKRINGSKASSAN,
    description="Intyg om beräknat födelsedatum.",
    about=("Försäkringskassan behöver intyget när den som är gravid ansöker om ersättning före barnets födelse.",),
    text_versions=(TextVersion("1.0", date(2024, 1, 1), "FK 7210 (001 F 001)"),),
    summary=("Beräknat födelsedatum", "54"),
    generations=(Generation("1.0", FORM),),
)
