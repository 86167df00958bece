"""Guides: where a deal or a pipeline stands, and which method fits."""
