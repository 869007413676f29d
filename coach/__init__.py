"""What a coach knows and decides: plain types and pure functions; time, ids and randomness are arguments."""
