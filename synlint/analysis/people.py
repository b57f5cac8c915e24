"""Who is named in a text that might be anybody: common given names, and whoever the text introduces.

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
"""
# Favourites of generators and of their prompts' authors, at home in fiction rather than in birth registers.
_FAVOURED = """
Ahmed Aisha Alaric Amara Amina Anya Aria Arjun Bella Clara Daisy Elara Eleanor Elena Eleni Elias Eliza Ellie Ethan
Evander Felix Finn Freya Hiroshi Isla Jasper Jasmine Kael Kaelen Kaito Layla Leila Lena Lila Lily Lyra Marcus Maya Mei
Mira Nadia Nia Nina Orion Oscar Priya Raj Rohan Sofia Theo Thorne Timmy Yuki Zara Zephyr
"""
GIVEN_NAMES = tuple(sorted({*_COMMON.split(), *_FAVOURED.split()}))

_NAME = rf"(?:{'|'.join(sorted(GIVEN_NAMES, key=lambda name: (-len(name), name)))})"
_BEING = "(?:boy|girl|man|woman|child|person|friend|sister|brother|daughter|son|wife|husband|student|teacher|doctor"
_BEING += "|scientist|detective|farmer|wizard|knight|king|queen|prince|princess|dog|cat|rabbit|dragon|robot|character)"
_INTRODUCED = rf"(?:(?:Mr|Mrs|Ms|Dr)\. |{_BEING},? (?:named|called) |[Mm]y name is )"
# A surname makes a real person likely, unless it is one that stands for anybody, or a generator's favourite.
_SURNAME = r" (?:[A-Z]\.? )?[A-Z][a-z'’]+"
_ANYBODY = "Smith|Doe|Johnson|Jones|Brown|Miller|Davis|Wilson|Williams|Taylor|Thompson|Chen|Lee|Patel|Garcia|Rodriguez"
_ANYBODY += "|Vance|Thorne|Blackwood|Whitmore|Carter|Reed|Hayes"
_WHO = "[A-Z][a-z]{2,}"
_MENTION = rf"(?-u:\b)(?:{_INTRODUCED}{_WHO}|{_NAME}(?:{_SURNAME})?)(?-u:\b)"
# Of what was found: the long list of names is looked for once, as building its automaton costs more than its use.
_INVENTED = rf"^(?:{_INTRODUCED}{_WHO}|[A-Z][a-z]+(?: (?:[A-Z]\.? )?(?:{_ANYBODY}))?)$"


def lists_of_people(texts: pl.Series) -> pl.Series:
    """The distinct names of people who might be anybody, sorted: one list per text that has any, in their order.

    Given names, alone or with a surname that stands for anybody (John Smith), and whatever name follows a title or
    an introduction. Given names with other surnames are left out: they are mostly real people (John Adams).
    """
    found = texts.rename("text").to_frame().select(pl.col("text").str.extract_all(_MENTION))
    some = found.filter(pl.col("text").list.len() > 0)
    return some.select(_invented(pl.col("text"))).filter(pl.col("text").list.len() > 0).to_series()


def named(field: str, name: str) -> pl.Expr:
    """Whether the text names `name`, as `lists_of_people` would find it; false where there is no text."""
    text = pl.when(pl.col(field).str.contains(name, literal=True)).then(pl.col(field))
    return _invented(text.str.extract_all(_MENTION)).list.contains(name).fill_null(value=False)


def _invented(mentions: pl.Expr) -> pl.Expr:
    """The names in lists of mentions, without those of people who are probably real."""
    mention = pl.element()
    name = pl.coalesce(mention.str.extract(rf"^{_INTRODUCED}({_WHO})$"), mention.str.extract("^([A-Z][a-z]+)"))
    kept = mentions.list.eval(mention.filter(mention.str.contains(_INVENTED)))
    return kept.list.eval(name).list.unique().list.sort()
