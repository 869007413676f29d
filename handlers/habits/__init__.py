"""The weekly habit: its plan, the nudge, proofs on the wall, weeks and months to look back on."""
