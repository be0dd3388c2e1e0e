"""The versions of the state's tables, each a step from the one before; Alembic runs them, `bot.state` calls it."""
