"""Rosters kept as tables (CSV, XLSX): delegates, observers, names of the eligible."""
