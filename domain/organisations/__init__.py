"""Units, their levels and reorganisations; people, their ranks and staff types."""
