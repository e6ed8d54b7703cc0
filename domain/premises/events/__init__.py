"""What happens to compounds, buildings and rooms, and which facts each event states; one aspect a file."""

from domain.premises.events import allocation, building, compound, disposal, room, title, upkeep

__all__ = ["allocation", "building", "compound", "disposal", "room", "title", "upkeep"]
