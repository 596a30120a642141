"""What a library goes by, as pure functions: numbers of books, order of names, days of loans, what may be told."""
