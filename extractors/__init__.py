"""From bytes to figures and relations. Pure: no store, no network, no global state."""
