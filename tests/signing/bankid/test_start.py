"""The link that opens BankID on the device where the browser is."""

import pytest

from webcert.signing.bankid.start import StartLink, start_link

BACK = "https://webcert.example.se/signera/1/bankid"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile Safari/604.1"


@pytest.mark.parametrize(
    ("browser", "url"),
    [
        (WINDOWS, "bankid:///?autostarttoken=a-b&redirect=null"),
        (ANDROID, "https://app.bankid.com/?autostarttoken=a-b&redirect=null"),
        (IPHONE, "https://app.bankid.com/?autostarttoken=a-b&redirect=https%3A%2F%2Fwebcert.example.se%2Fsignera%2F1%2Fbankid"),
        ("", "bankid:///?autostarttoken=a-b&redirect=null"),
    ],
)
def test_each_kind_of_device_has_its_link(browser: str, url: str) -> None:
    assert start_link("a-b", browser=browser, way_back=BACK) == StartLink(url, beside=False)


def test_a_page_that_takes_the_place_of_the_app_opens_beside() -> None:
    link = start_link("a-b", browser=WINDOWS, way_back=BACK, app_url="http://localhost:8010/bankid/app")
    assert link == StartLink("http://localhost:8010/bankid/app?autostarttoken=a-b&redirect=null", beside=True)
