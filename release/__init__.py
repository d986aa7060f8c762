"""What goes with a release beside the wheel. Nothing here is imported by the product."""
