"""Figures broken down, the rows behind them, and what vehicles cost."""
