"""What all tests need."""

import signal

# A shell that runs the suite in the background lets it ignore Ctrl-C, and with it every process that a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
