"""What is known of real cohorts: shipped rows and facts, each with source, licence and DOI (``data/README.md``)."""
