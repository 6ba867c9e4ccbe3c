"""The server of `vivavoz serve`: a folder of built interviews, shown on this machine alone."""
