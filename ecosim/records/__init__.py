"""What is observed of a cohort, and its statistics: the same code reads real data and simulated records."""
