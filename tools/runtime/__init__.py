"""The Python that runs in the reader's browser: wheels, lock file and memory snapshot."""
