"""The classroom: students live learners' weeks from their phones, and the teacher shows what emerges."""
