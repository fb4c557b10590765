"""Who is blamed for the harm, and how surely."""
