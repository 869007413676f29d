"""What a coach knows and decides: plain types, pure functions; time, ids, chance are arguments."""
