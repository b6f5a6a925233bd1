"""The stand-ins' identity providers for these tests, and a browser that goes between them and the product."""

from typing import Any

import pytest
from django.test import Client

from login.browser import Browser
from simulated import Simulators, running_simulators, simulators  # noqa: F401
from webcert.login import practitioners
from webcert.patients import pu


@pytest.fixture
def identity(simulators: Simulators, settings: Any, db: None, client: Client) -> Simulators:
    """The product knows the stand-ins' identity providers, and they know it."""
    practitioners._client.cache_clear()
    pu._client.cache_clear()
    settings.WEBCERT = settings.WEBCERT.model_copy(
        update={
            **{f"{name}_metadata": f"{simulators.identity_url}/{name}/metadata" for name in ("siths", "eleg")},
            **{f"{name}_metadata_certificate": simulators.folder / "pki" / f"idp-{name}.crt" for name in ("siths", "eleg")},
            "hsa_url": f"{simulators.url}/hsa",
            "pu_url": f"{simulators.url}/pu",
            "practitioners_url": f"{simulators.url}/practitioners",
            "outside_timeout_seconds": 2.0,
            "pu_cache_seconds": 0,
        }
    )
    for name in ("siths", "eleg"):
        simulators.know(client.get(f"/saml2/service-provider-metadata/{name}").content)
    return simulators


@pytest.fixture
def browser(identity: Simulators) -> Browser:
    return Browser(identity)
