"""The texts of the screens that show the guide. Their buttons belong to the conversation."""
