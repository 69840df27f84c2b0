"""The sections of the brief, one file each: findings in, lines with evidence out."""
