"""The animated QR code that starts an order in the app on another device. Its secret stays on the server."""

import hashlib
import hmac

import segno


def text(start_token: str, start_secret: str, seconds: int) -> str:
    """What the code says so many whole seconds after the order was created."""
    code = hmac.new(start_secret.encode(), str(seconds).encode(), hashlib.sha256).hexdigest()
    return f"bankid.{start_token}.{seconds}.{code}"


def image(text: str) -> str:
    """The code as an SVG image in a data address.

    Any mask can be read, and what is masked here looks random already: to try all eight would take four times as long, every second.
    """
    return segno.make(text, error="l", micro=False, mask=3).svg_data_uri(
        scale=5, border=2, dark="#000", light="#fff", omitsize=True, nl=False
    )
