"""What the pages for people share: the server and its guard, the look, the drawings that move, the runs behind them."""
