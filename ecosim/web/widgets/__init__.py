"""Moving pictures: small widgets of our own that draw in the browser, all by one clock, from what is sent once."""
