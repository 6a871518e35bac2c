"""From the bytes of a file to pages: sniffing, renditions, the text layer and its quality."""
