"""Watching: what instruments would record of a run. Nothing is fed back; a run that nobody watches pays nothing."""
