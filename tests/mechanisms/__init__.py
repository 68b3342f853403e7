"""A file a mechanism: for each a limit, a direction, and a truth from outside or a closed form."""
