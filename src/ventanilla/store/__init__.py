"""The only SQL. One set of repositories over two engines."""
