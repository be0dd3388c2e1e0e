"""What is true and how it is found: documents read, parsed, stored, searched and answered from. Knows no front."""
