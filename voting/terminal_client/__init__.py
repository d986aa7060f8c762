"""What runs at a seat, a console or a screen: the pages (web/) and the headless terminals (simulated*.py)."""
