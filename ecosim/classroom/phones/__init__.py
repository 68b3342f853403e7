"""Phones: the page that students open, and the websocket behind it."""
