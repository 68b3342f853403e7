"""Controls: what takes input, and what only the browser can do. Small widgets of our own over the browser's own parts."""
