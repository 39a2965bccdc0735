"""Line by line: sentence after sentence, with the generative questions."""
