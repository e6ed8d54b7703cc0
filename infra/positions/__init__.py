"""Positions of vehicles as they are kept: raw as they came, by days, and the latest of each vehicle."""
