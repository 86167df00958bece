"""What every calculator shares: fields, numbers in and out, sentences, running, the page's answers."""
