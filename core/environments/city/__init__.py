"""Streets, city districts, squares and villages."""
