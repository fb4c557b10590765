"""What sentences mention beside the harm: days, places, weapons, armed bodies and accusations."""
