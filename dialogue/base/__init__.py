"""What any web product needs and that knows no word of this one."""
