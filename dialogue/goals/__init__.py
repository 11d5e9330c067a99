"""Plans and their goals, which a dialogue, a theme or an action can be tied to."""
