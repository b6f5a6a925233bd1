"""The types that are measured beside each other: FK 7804, which has the longest answers, and the one with the most questions and fields."""

from subjects import SUBJECTS

COMPARED = {code: SUBJECTS[code] for code in ("FK 7804", "TSTRK1007 7")}
