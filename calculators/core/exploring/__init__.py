"""What is asked of a calculator beside its result: the input for a goal, what moves it, two scenarios."""
