"""Controls: what takes input, and what only the browser can do; small widgets over the browser's own parts."""
