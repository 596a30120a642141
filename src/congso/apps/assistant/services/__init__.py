"""What can be done: ask (`asking`, with `answering` and `generating` behind it), judge an answer (`judging`)."""
