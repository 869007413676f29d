"""What we ask the model: prompts as files, the types of their answers, the guards that check them."""
