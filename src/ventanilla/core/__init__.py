"""What a ticket is. Standard library only: no I/O, no clock, no HTTP, no SQL."""
