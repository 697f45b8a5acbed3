"""How a transaction runs: one file per database. Engine differences live nowhere else."""
