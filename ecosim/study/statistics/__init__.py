"""What it says: paired effects, looks, verdicts, expectations, sensitivity, where designs change places."""
