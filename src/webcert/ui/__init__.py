"""Layout, components, style, small scripts and formatting: how every page looks. No page of its own but the style guide."""
