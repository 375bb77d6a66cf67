"""The parts that make_flower.py puts together."""
