"""How a paper is put into Word's terms: styles, head, body, tail, page. `templates.make_docx` is the door."""
