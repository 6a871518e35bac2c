"""How fast and how right Crossfoot is: each measure prints what it measured, on what, and against what."""
