"""Into the building: its floors as plans, and the rooms of a unit wherever they lie."""
