"""How it is run: jobs, workers on this machine or on a cluster, and who keeps them busy."""
