"""An office's own menu: its cases, its card, its people."""
