"""What people say, show and touch, and what answers them: requests, gestures, touch as haptics, characters that talk."""
