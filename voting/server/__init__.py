"""The shell: joins the chamber's law with the tally protocol and owns all I/O."""
