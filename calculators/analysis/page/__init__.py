"""What the analyser's page asks and what it is answered."""
