"""Pipeline metrics: how much, how long, how often, how fast."""
