"""`make bench`: what the desk costs and how quick it is, as ratios inside one run. README.md explains each line."""
