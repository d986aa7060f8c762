"""What requests ask of the sitting: parsed, checked, decided, made durable.

Law of this room: services check cryptography and carry commands; what is lawful is decided in the sitting.
"""
