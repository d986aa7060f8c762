"""A method of voting (票决办法, 选举办法), made of a ruleset for the congress to adopt: its text, and that as DOCX."""
