"""What runs when a page is built."""
