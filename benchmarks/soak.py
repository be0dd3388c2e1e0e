"""The long tests. None is long yet: they come with the parts that need them (Telegram faults, notifications)."""

print("soak: nothing to run yet")
