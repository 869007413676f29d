"""What of a model's answer may reach a person: quotes that anchor, slips that are slips, no facts
that nobody gave, plain text without links."""
