"""What only who runs the bot may do, and who may use a private one."""
