"""What a person should look at: texts that were refused wait in a queue until somebody decides."""
