"""Speed against its bars: `make bench`. Each module here holds functions named `bench_*`."""
