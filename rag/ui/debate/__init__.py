"""The views of the sides face to face, and of what to answer to a claim."""
