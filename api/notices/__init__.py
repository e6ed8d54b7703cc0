"""Notices: that something happened which concerns somebody, made by who follows the log, told in the words of the history (ADR 0018)."""
