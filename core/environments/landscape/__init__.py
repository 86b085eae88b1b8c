"""Hills, mountains, coasts, deserts, forests and lakes."""
