"""The figures of a pipeline, a module each: pure functions over deals."""
