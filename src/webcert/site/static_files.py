"""How static files are kept: under names that carry a digest of their content, compressed, scripts importing each other by those names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Without this a module would be loaded twice: under its plain name by an import, and under its lasting name by a page."""

    support_js_module_import_aggregation = True
