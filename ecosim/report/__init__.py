"""What a run leaves behind for people: a folder of results, a page of words, a learner's story, figures."""
