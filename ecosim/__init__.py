"""ecosim: an agent-based simulation of learning ecosystems."""
