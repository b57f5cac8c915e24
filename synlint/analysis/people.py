"""Who is named in a text that might be anybody: common given names, and whoever the text introduces.

The list is short on purpose: names that are common among the living or that generators favour, without those that are
also everyday words, places or gems at the head of a sentence (Will, Mark, Bill, Virginia, Jordan, Ruby).
"""

from __future__ import annotations

from collections.abc import Sequence

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
# A surname makes a real person likely, unless it is one that stands for anybody, or a generator's favourite.
_SURNAME = r" (?:[A-Z]\.? )?[A-Z][A-Za-z'’]+"
_ANYBODY = "Smith|Johnson|Jones|Brown|Miller|Davis|Wilson|Thompson|Chen|Lee|Patel|Garcia|Rodriguez"
_ANYBODY += "|Vance|Thorne|Blackwood|Whitmore|Carter|Reed|Hayes"
# A capitalised word before the name makes a surname of it (Elton John), a title or a thing (King Henry, Mona Lisa),
# unless it is one that sentences and letters begin with.
_BEFORE = "[A-Z][a-z'’]+ "
_OPENING = (
    "(?:A|After|Although|An|And|Are|As|Ask|At|Because|Before|Both|But|By|Call|Can|Congratulations|Could|Dear|Despite"
    "|Did|Do|Does|Even|Finally|For|From|Hello|Hey|Hi|How|However|I['’]m|If|In|Is|Later|Let|Like|Meet|Name|No|Now|Of"
    "|Oh|On|Once|One|Only|Or|Perhaps|Say|Should|Since|Sincerely|So|Suddenly|Suppose|Tell|Thank|Thanks|That|The|Then"
    "|Therefore|Though|Thus|To|Today|Until|Was|Well|What|When|Whenever|Where|While|Who|Why|Will|With|Would|Yes) "
)
_TITLE = r"(?:Mr|Mrs|Ms|Dr)\. "
_NAMED = rf"(?:{_BEING},? (?:named|called) |[Mm]y name is )"
SURNAME = "the surname "  # stands before the name of who is known by a title only
# John Doe is nobody: the name says that any other would do. In such a text, John alone is no choice either.
_NOBODY = r"(?i)(?:^|[^\p{L}])(?:john|jane)[\W_]{0,3}doe(?:[^\p{L}]|$)"
_OF_NOBODY = ("Jane", "John", f"{SURNAME}Doe")
_LONG_ENOUGH = 4  # letters of a name that few other words begin with
_WHO = "[A-Z][a-z]{2,}"
_MENTION = rf"(?-u:\b)(?:(?:{_TITLE}|{_NAMED}){_WHO}|(?:{_BEFORE})?{_NAME}(?:{_SURNAME})?)(?-u:\b)"
# Of what was found: the long list of names is looked for once, as building its automaton costs more than its use.
_ONE = rf"(?:{_OPENING})?([A-Z][a-z]+)(?: (?:[A-Z]\.? )?(?:{_ANYBODY}))?"
_INVENTED = rf"^(?:(?:{_TITLE}|{_NAMED}){_WHO}|{_ONE})$"


def people(batch: pl.DataFrame, field: str, given: Sequence[str] = ()) -> pl.DataFrame:
    """Who is named in the text and might be anybody: the columns `at` (row of the batch) and `name`, each pair once.

    Given names, alone or with a surname that stands for anybody (John Smith), whatever name follows an introduction,
    and "the surname Chen" for who has but a title. Given names with another surname, or with a word before them that
    makes them one, are left out: they are mostly real people (John Adams, Elton John). So are John and Jane Doe, and
    names that a field of `given` holds, at the head of a word too if they are no short ones ("johnsmith"), or misspelt
    ("Jhon").
    """
    found = batch.with_row_index("at").select("at", *given, pl.col(field).str.extract_all(_MENTION).alias("mention"))
    mentions = found.filter(pl.col("mention").list.len() > 0).explode("mention")
    named = mentions.filter(pl.col("mention").str.contains(_INVENTED)).with_columns(_name(pl.col("mention")))
    named = _without_nobody(named.unique(["at", "name"], maintain_order=True), batch[field])
    if given:
        text = pl.concat_str(pl.col(*given), separator=" ", ignore_nulls=True).fill_null("")
        words = pl.concat_str(pl.lit(" "), text.str.to_lowercase(), pl.lit(" ")).str.replace_all(r"[^\p{L}\p{N}]+", " ")
        told = named.with_columns(words=words).join(_all_spellings(named["name"].unique()), on="name")
        told = told.filter(pl.col("words").str.contains(pl.col("spelling"), literal=True))
        named = named.join(told, on=["at", "name"], how="anti")
    return named.select("at", "name")


def _without_nobody(named: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Only the few texts with a name of a placeholder are searched for it."""
    doubtful = pl.col("name").is_in(_OF_NOBODY)
    at = named.filter(doubtful)["at"].unique()
    nobody = at.filter(texts.gather(at).str.contains(_NOBODY).fill_null(value=False))
    return named.filter(~(doubtful & pl.col("at").is_in(nobody.implode())))


def names_somebody(field: str, name: str, given: Sequence[str] = ()) -> pl.Expr:
    """Whether `people` finds `name` in the text; false where there is no text."""
    text = pl.when(pl.col(field).str.contains(name.removeprefix(SURNAME), literal=True)).then(pl.col(field))
    mention = pl.element()
    invented = text.str.extract_all(_MENTION).list.eval(_name(mention.filter(mention.str.contains(_INVENTED))))
    found = invented.list.contains(name).fill_null(value=False)
    if name in _OF_NOBODY:
        found &= ~text.str.contains(_NOBODY).fill_null(value=False)
    forms = "|".join(form.strip() + r"(?:[^\p{L}\p{N}]|$)" * form.endswith(" ") for form in _spellings(name))
    word = rf"(?i)(?:^|[^\p{{L}}\p{{N}}])(?:{forms})"
    return found & ~pl.any_horizontal([pl.lit(False), *(_holds(other, word) for other in given)])


def first_mention(field: str, name: str) -> pl.Expr:
    """Where the text first has `name` as a word: a struct of `start` and `end`, in characters. Only for texts with it.

    Of a surname, the title is a part.
    """
    bare = name.removeprefix(SURNAME)
    word = f"{_TITLE}{bare}" if bare != name else bare
    before = pl.col(field).str.extract(rf"(?s)^(.*?)(?-u:\b){word}(?-u:\b)")
    whole = pl.col(field).str.extract(rf"(?-u:\b)({word})(?-u:\b)")
    start = before.str.len_chars()
    return pl.struct(start.alias("start"), (start + whole.str.len_chars()).alias("end"))


def _all_spellings(names: pl.Series) -> pl.DataFrame:
    """The columns `name` and `spelling`: one row for each spelling of each name."""
    pairs = [(name, spelling) for name in names for spelling in _spellings(name)]
    return pl.DataFrame(pairs, schema={"name": pl.String, "spelling": pl.String}, orient="row")


def _spellings(name: str) -> list[str]:
    """How a text may hold the name, in lower case, between spaces for other than letters and digits.

    At the head of a word, and with two neighbouring letters swapped. Not with one letter replaced: John is not "join".
    Short names stand as whole words and as they are, as "tomorrow" and "otm" say nothing of Tom.
    """
    text = name.removeprefix(SURNAME).lower()
    if len(text) < _LONG_ENOUGH:
        return [f" {text} "]
    swapped = (text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1))
    return [f" {text}", *(f" {form} " for form in swapped if form != text)]


def _holds(field: str, word: str) -> pl.Expr:
    return pl.col(field).str.contains(word).fill_null(value=False)


def _name(mention: pl.Expr) -> pl.Expr:
    """The one word that names somebody, as the column `name`; behind a title, it is a surname if no given name."""
    titled = mention.str.extract(rf"^{_TITLE}({_WHO})$")
    known = pl.when(titled.is_in(GIVEN_NAMES)).then(titled).otherwise(pl.lit(SURNAME) + titled)
    forms = (known, mention.str.extract(rf"^{_NAMED}({_WHO})$"), mention.str.extract(f"^{_ONE}$"))
    return pl.coalesce(*forms).alias("name")
