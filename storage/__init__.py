"""What we remember: a store, numbered migrations, one small repository per subject."""
