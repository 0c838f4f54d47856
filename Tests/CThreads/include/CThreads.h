// Nothing is called from here: see threads.c.
