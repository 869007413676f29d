"""What falls due at a wall clock's time, and the clock and quiet hours a person set for it."""
