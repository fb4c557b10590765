"""Who was harmed and how many: groups of people, and the grammar of killing and wounding that governs them."""
