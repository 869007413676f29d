"""Study cohorts: their weeks and digests in a group, pairs and organisers in private."""
