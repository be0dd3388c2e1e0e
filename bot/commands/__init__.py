"""The commands of `wence`, each a skin over a function."""
