"""The shared asset warehouse 公物仓: warehouses, items from registration to disposal, and lots of consumables."""
