"""The rules the product comes with; an office copies one to change it."""
