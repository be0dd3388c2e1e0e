"""The Telegram front: `app` joins the parts, `handlers` answer, `messages` and `sending` read and write, `polling` feeds."""
