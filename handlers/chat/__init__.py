"""What every subject needs to answer: who asks, text with styles, presses, rows that leave."""
