"""The teacher's screen, part by part."""
