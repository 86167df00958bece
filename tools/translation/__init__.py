"""What is translated, stale, missing, or off the term base."""
