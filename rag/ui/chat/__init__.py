"""The view of the conversation: answers, the column of conversations, the sources beside."""
