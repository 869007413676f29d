"""How the program starts and reaches the outside."""
