"""What an attacker inside or outside tries over every address."""
