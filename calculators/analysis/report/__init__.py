"""The answer in the contract's names, in words, and as files to take along."""
