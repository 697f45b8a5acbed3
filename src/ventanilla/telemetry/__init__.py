"""What operators watch the desk by: metrics and traces. Neither ever holds anything about a person or a ticket."""
