"""The pages: what they tell people to type is typed, and what they say comes out comes out."""
