"""The classroom: a live session in which students live learners' weeks from their phones, and the teacher shows what emerges."""
