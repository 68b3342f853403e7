"""What a forecast is made of: the first weeks, those who forecast from them, and how far off they are."""
