"""Songs of many kinds of music, played by the sound fonts of Debian: see ../README.md."""
