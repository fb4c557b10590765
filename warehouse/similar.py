def write_voices(c): return 0
