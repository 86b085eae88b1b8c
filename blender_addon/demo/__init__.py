"""The main job, end to end: ``python -m worldwright.demo [FILE ...] [-o FOLDER]``.

Opens the grey-box office (or the given files), reads every mesh as points, annotates it, generates a furnished office and
a character, writes all into the scene, exports, validates and reads back GLBs, and renders a picture of the result.
"""
