"""The commands, one a file. Each only parses, calls and prints: whatever is worth knowing is done in a lower room."""
