"""The deterministic reader, one dimension a file: pure, no clock, no randomness, no I/O."""
