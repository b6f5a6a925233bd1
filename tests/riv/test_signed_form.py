"""What a signature covers: compared with an independent tool and with signed certificates (integration/07-signing-xml.md §G2)."""

import contextlib
import importlib.util
from types import ModuleType

import pytest

from shared import shared
from webcert.riv import xml
from webcert.riv.signed_form import canonical, digest
from webcert.riv.xml import UnreadableXml

CERTIFICATE = """<m:RegisterCertificate xmlns:m="urn:m" xmlns="urn:c" xmlns:t="urn:t"><m:intyg>
  <intygs-id><t:root>SE1</t:root><t:extension>4711</t:extension></intygs-id>
  <skickatTidpunkt>2026-11-21T10:31:00</skickatTidpunkt><!-- a comment -->
  <svar id="25"><delsvar id="25.1"> Åsa &amp;
 Öhrn </delsvar></svar><svar id="19"><delsvar id="19.1">  </delsvar></svar>
  <relation>x</relation><status>y</status><underskrift>z</underskrift>
</m:intyg></m:RegisterCertificate>"""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("signature_digest", shared("rivta/tools/signature_digest.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("folder", ["data/signatures", "data/soap", "data/samples/lisjp"])
def test_the_digest_is_that_of_the_independent_tool(folder: str, tool: ModuleType) -> None:
    compared = 0
    for file in shared(folder).rglob("*.xml"):
        with contextlib.suppress(UnreadableXml):  # what cannot be read, or has the id of a certificate twice
            root = xml.parse(file.read_bytes())
            for intyg in root.iter("{*}intyg"):
                if id := (intyg.findtext("{*}intygs-id/{*}extension") or "").strip():
                    assert digest(root, id) == tool.digest(intyg)
                    compared += 1
    assert compared >= 7


def test_the_digest_is_the_one_that_was_signed() -> None:
    root = xml.parse(shared("data/signatures/gen-05-rsa-valid-after-transport.xml").read_bytes())
    assert digest(root, root.findtext(".//{*}intygs-id/{*}extension") or "") == (root.findtext(".//{*}DigestValue") or "").strip()
    changed = xml.parse(shared("data/signatures/gen-06-tampered-diagnosis.xml").read_bytes())
    assert digest(changed, changed.findtext(".//{*}intygs-id/{*}extension") or "") != (changed.findtext(".//{*}DigestValue") or "").strip()


def test_names_lose_their_namespaces_and_what_is_not_signed_is_left_out() -> None:
    assert canonical(xml.parse(CERTIFICATE.encode()), "4711").decode() == (
        "<intyg><intygs-id><root>SE1</root><extension>4711</extension></intygs-id>"
        '<svar id="25"><delsvar id="25.1"> Åsa &amp;\n Öhrn </delsvar></svar><svar id="19"><delsvar id="19.1"></delsvar></svar></intyg>'
    )


def test_sending_relating_and_indenting_change_nothing() -> None:
    moved = CERTIFICATE.replace("10:31", "23:59").replace("<relation>x</relation>", "").replace("m:", "w:").replace(":m=", ":w=")
    moved = moved.replace("\n  <", "\n\n\t<")
    assert digest(xml.parse(moved.encode()), "4711") == digest(xml.parse(CERTIFICATE.encode()), "4711")


def test_exactly_one_certificate_must_have_the_id() -> None:
    with pytest.raises(UnreadableXml, match="not exactly one"):
        canonical(xml.parse(CERTIFICATE.encode()), "4712")
    twice = f"<list>{CERTIFICATE}{CERTIFICATE}</list>"
    with pytest.raises(UnreadableXml, match="not exactly one"):
        canonical(xml.parse(twice.encode()), "4711")


def test_what_has_no_canonical_form_is_unreadable() -> None:
    """A relative address for a namespace is such a thing."""
    root = xml.parse(b'<intyg xmlns:x="a" x:b=""><intygs-id><extension>1</extension></intygs-id></intyg>')
    with pytest.raises(UnreadableXml, match="no canonical form"):
        canonical(root, "1")
