"""What a plan still lacks, each point with the way to where it is mended; of a draft and
of a plan in force alike."""

from .listen import antall_mangler, mangler

__all__ = ["antall_mangler", "mangler"]
