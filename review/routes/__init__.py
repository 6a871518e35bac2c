"""The addresses of the application: what is asked for, and the page that answers it."""
