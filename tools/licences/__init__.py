"""What the published site ships that others have written, and under which licences."""
