"""What is to be run: the language of study files, designs, factors and points."""
