"""What moves on the teacher's screen and nowhere else."""
