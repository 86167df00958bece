"""Two exports of the same deals at two dates: what became of the pipeline of a period."""
