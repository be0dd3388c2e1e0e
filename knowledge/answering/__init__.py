"""How each kind of question is answered from the facts, and how what answers is ranked and quoted."""
