"""Robots: kits of hard-surface parts on the skeleton of the characters, so that every clip made for people moves them too."""
