"""Forms shipped ready to use. Their structure is practice, not published law; offices adapt them."""
