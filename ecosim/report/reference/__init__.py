"""The reference pages and the ODD: written from the code and the language tables, tested to be current."""
