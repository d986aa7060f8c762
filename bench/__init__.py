"""Benchmarks: what is compared stands side by side in one run, so that ratios mean something on any machine."""
