"""What tests share: plans, sittings, halls, records and tools. A folder of tests imports no other folder of tests."""
