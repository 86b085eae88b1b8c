"""Floor plans from pictures: scan, drawing or photograph to walls, doors, windows and rooms. Needs OpenCV."""
