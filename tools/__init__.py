"""The builder's machine only: what turns words, calculators and theme into the published site."""
