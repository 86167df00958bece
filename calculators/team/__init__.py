"""Planning: what to make, what to keep in balance, what to pursue and what it pays."""
