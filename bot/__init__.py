"""What people touch: command line, terminal chat, Telegram. Answers come from `knowledge`."""
