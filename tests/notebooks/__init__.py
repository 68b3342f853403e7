"""The example notebooks: every cell of code is run, and what it shows is what a reader sees."""
