"""Many items through the same steps: a job file, workers that cannot hurt each other, a report that a run can be resumed from."""
