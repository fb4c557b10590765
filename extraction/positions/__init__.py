"""What parties say of their responsibility."""
