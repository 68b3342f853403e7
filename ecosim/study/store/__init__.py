"""What is kept of it: the ledger of runs, weekly series, the results folder, and exports."""
