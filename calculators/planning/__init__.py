"""Planning: what to make, what to keep in balance and what to pursue."""
