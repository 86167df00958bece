"""From a table of texts to deals: what each column means, what is set aside, what only a person can decide."""
