"""What a report of the answers holds, how it is shown, and what it is held against."""
