"""Style and scripts as the running product serves them: compressed, kept for good by browsers, each under one name only."""

import re

import httpx

from running import Running

DIGEST = re.compile(r"\.[0-9a-f]{12}\.(css|js|svg|woff2)$")


def test_static_files_are_compressed_and_kept_for_good(running: Running) -> None:
    page = httpx.get(running.url, timeout=10).text
    assets = {path.partition("#")[0] for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
    assert assets
    for path in assets:
        assert DIGEST.search(path), path
        answer = httpx.get(running.url + path, headers={"Accept-Encoding": "gzip"}, timeout=10)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers.get("Content-Encoding") == "gzip" or len(answer.content) < 400, path
        if path.endswith(".js"):
            assert all(DIGEST.search(name) for name in re.findall(r'\bfrom\s*"([^"]+)"', answer.text)), path


def test_plain_names_are_not_served(running: Running) -> None:
    assert httpx.get(f"{running.url}/static/ui/page.js", timeout=10).status_code == 404
