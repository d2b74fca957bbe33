"""What is asked: questions, reading sets, debates, claimed quotes; each with what would be right."""
