"""What was found in a letter, shown and decided on: slips one by one, the critique, the copies."""
