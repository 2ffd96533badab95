"""The one door to how a text is read: sentences, words, and what a sentence says of its matter.

sentences   split()                    english     readable()
words       words(), stem()            judgement   judge(), judge_at(), Judgement
Nothing here knows of proposals or requirements.
"""

from agent.intake.english import readable
from agent.intake.judgement import Judgement, judge, judge_at
from agent.intake.sentences import split
from agent.intake.words import stem, stems, words

__all__ = ["Judgement", "judge", "judge_at", "readable", "split", "stem", "stems", "words"]
