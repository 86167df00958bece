"""Teams: how much they can sell, who sells where, and what it pays."""
