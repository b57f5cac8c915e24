"""Who is named in a text: common English given names, and whoever a text introduces or gives a title.

The list is short on purpose: names that are common among the living or that generators favour, without those that are
also everyday words, places or gems at the head of a sentence (Will, Mark, Bill, Virginia, Jordan, Ruby).
"""

from __future__ import annotations

import polars as pl

# Ranks after the U.S. Social Security Administration's and Census Bureau's tables (public domain), from memory.
_COMMON = """
Aaron Abigail Adam Alan Albert Alex Alexander Alexis Alice Amanda Amber Amelia Amy Andrea Andrew Angela Ann Anna Anthony
Arthur Ashley Barbara Ben Benjamin Betty Beverly Billy Bob Bobby Bradley Brandon Brenda Brian Brittany Bruce Bryan Carl
Carlos Carol Caroline Carolyn Catherine Charles Charlie Cheryl Chloe Christina Christine Christopher Cindy Cynthia Dan
Daniel Danielle Dave David Deborah Debra Denise Dennis Diana Diane Donald Donna Doris Dorothy Douglas Dylan Edward
Elizabeth Ella Emily Emma Eric Ethan Eugene Eva Evelyn Frances Frank Fred Gabriel Gary George Gerald Gloria Gregory
Hannah Harold Harry Heather Helen Henry Isabella Jack Jackie Jacob Jacqueline Jake James Jane Janet Janice Jason Jeffrey
Jennifer Jenny Jeremy Jerry Jesse Jessica Jill Jim Jimmy Joan Joe John Johnny Jonathan Jose Joseph Josh Joshua Joyce
Juan Judith Judy Julia Julie Justin Karen Kate Katherine Kathleen Kathryn Katie Kayla Keith Kelly Kenneth Kevin Kimberly
Kyle Larry Laura Lauren Lawrence Leo Liam Linda Lisa Logan Lori Lucas Lucy Luis Luke Madeline Margaret Maria Marie
Marilyn Martha Mary Matt Matthew Megan Melissa Mia Michael Michelle Mike Molly Nancy Natalie Nathan Nicholas Nick Nicole
Noah Nora Oliver Olivia Pamela Patricia Patrick Paul Peter Philip Rachel Ralph Randy Raymond Rebecca Richard Robert
Roger Ronald Rosa Roy Russell Ruth Ryan Sally Sam Samantha Samuel Sandra Sara Sarah Scott Sean Sharon Shirley Simon
Sophia Sophie Stephanie Stephen Steve Steven Susan Teresa Terry Theresa Thomas Tiffany Tim Timothy Tom Tony Tyler
Vincent Walter Wayne Wendy William Willie Zachary Zoe
""".split()
# Favourites of generators and of their prompts' authors, at home in fiction rather than in birth registers.
_FAVOURED = """
Ahmed Aisha Alaric Amara Amina Anya Aria Arjun Bella Clara Daisy Elara Eleanor Elena Eleni Elias Eliza Ellie Ethan
Evander Felix Finn Freya Hiroshi Isla Jasper Jasmine Kael Kaelen Kaito Layla Leila Lena Lila Lily Lyra Marcus Maya Mei
Mira Nadia Nia Nina Orion Oscar Priya Raj Rohan Sofia Theo Thorne Timmy Yuki Zara Zephyr
""".split()
GIVEN_NAMES = tuple(sorted({*_COMMON, *_FAVOURED}))

_BEING = "(?:boy|girl|man|woman|child|person|friend|sister|brother|daughter|son|wife|husband|student|teacher|doctor"
_BEING += "|scientist|detective|farmer|wizard|knight|king|queen|prince|princess|dog|cat|rabbit|dragon|robot|character)"
_INTRODUCED = rf"\b(?:(?:Mr|Mrs|Ms|Dr)\. |{_BEING},? (?:named|called) |[Mm]y name is )[A-Z][a-z]{{2,}}\b"
_LISTED = r"\b(?:" + "|".join(sorted(GIVEN_NAMES, key=lambda name: (-len(name), name))) + r")\b"


def people(field: str) -> pl.Expr:
    """The distinct names in the text, sorted: given names, and surnames that follow a title. Empty if there are none."""
    text = pl.col(field)
    introduced = text.str.extract_all(_INTRODUCED).list.eval(pl.element().str.extract(r"([A-Z][a-z]+)$"))
    return pl.concat_list(text.str.extract_all(_LISTED), introduced).list.unique().list.sort()


def named(field: str, name: str) -> pl.Expr:
    """Whether the text names `name`, as `people` would find it."""
    return people(field).list.contains(name)
