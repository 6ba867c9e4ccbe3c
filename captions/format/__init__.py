"""Every format that captions are written in."""
