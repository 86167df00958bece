"""What stands in docs/: its pages, prose, and terms."""
