"""Habits of style as polars expressions: lists, triads, dashes, emoji, bold type and headings of a text column.

All patterns are Rust regexes, linear in the text. They say what is there, never how much is too much: limits are the
rules' own.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

# A line that begins with a bullet or a number. A dash must be followed by white space, or -5 would be an item.
_ITEM = r"(?m)^[ \t]*(?:[•‣◦●▪]|[-*+–][ \t]|[0-9]{1,3}[.)、]|\([0-9]{1,3}\))[ \t]*[^\s\d*-]"

# One to three words each, and a comma before the conjunction: without it, an opening adverb and a plain pair
# ("However, cats and dogs") would look the same.
_WORD = "[A-Za-zÀ-ž][A-Za-zÀ-ž0-9'’-]*"
_MEMBER = f"{_WORD}(?: [a-zß-ž][a-zß-ž0-9'’-]*){{0,2}}"
# A comma a few words to the left is taken in, as the words after it may be a longer member: see _LONGER.
_LEFT = r"(?:, (?:[^\s,.;:!?()]+ ){0,3})?"
_SERIES = f"{_LEFT}{_MEMBER}(?:, {_MEMBER})+, (?:and|or) {_MEMBER}"
_THREE = "^(?:, )?[^,]+, [^,]+, (?:and|or) [^,]+$"
# "age, the weight of the load, rust, or ice": four members, the second too long to be seen as one.
_LONGER = "^, (?:the|an?|its|their|his|her|your|our|my|any|some) [^,]* (?:of|in|on|for|with|to|from|at|by) [^,]+,"
# "near Denver, Colorado, and there is ...": what follows is a clause and no third member.
_CLAUSE = (
    r"(?i), (?:and|or) (?:there|it|they|he|she|we|you|i|this|that|these|those|who|which|what|how|when|where|if|so"
    r"|thus|therefore)(?:['’][a-z]+)?(?: |$)"
)
# "bespoke, handmade books, and many binders now use": nor is it a third member if somebody is about to do something.
_SUBJECT = (
    r"(?i), (?:and|or) (?:many|most|some|several|few|other|all) [a-z]+"
    r" (?:now|also|still|often|then|today|later|simply)$"
)
# "grated hard cheese, and repeat this": behind a plural, or a participle with its noun, a verb begins a clause.
_VERBS = "add|become|bring|choose|create|find|get|give|keep|make|provide|remove|repeat|take"
_NOUNS = "(?:[a-z]{3,}[a-rtv-z]s|[a-z]{3,}[a-df-z]ed(?: [a-z]+){1,2})"
_TURN = f"(?i), {_NOUNS}, (?:and|or) (?:{_VERBS}) "
# The words that stand for the members: the last of the first and of the second, the first of the third.
_MEMBERS = (
    r"([^ ,]+), (?:[^,]* )?([^ ,]+), (?:and|or) (?:(?:the|an?|other|its|their|his|her|your|our|my) )?([^ ,]+)$|"
    r"([^ ,]+), (?:[^,]* )?([^ ,]+), (?:and|or) (?:(?:the|an?|other|its|their|his|her|your|our|my) )?([^ ,]+) "
)
# Words that lead into the first member, or away from the third.
_LINKS = (
    "(?:as|at|by|for|from|in|into|of|on|than|that|through|to|under|via|when|where|which|while|who|with|without"
    "|is|are|was|were|be|can|could|may|might|must|should|will|would|has|have|had|do|does|did|it|they|we|you|i|he|she"
    "|such|like|including|include|includes|also|if|so|because)"
)
_LEAD_IN = f"(?i)^(?:[^,]* )?{_LINKS} "
_LEAD_OUT = f"(?i), (?:and|or) [^ ,]+(?: [^ ,]+)??( {_LINKS}(?: [^,]*)?)$"

DECORATIONS: Mapping[str, str] = {
    "em dashes": r"[—―]",
    "emoji": r"\p{Emoji_Presentation}|\p{Emoji}\x{FE0F}",
    "bold type": r"(?:^|[^\w*])\*\*[^\s*][^*\n]{0,200}\*\*",  # not the powers of 2**3**4
    # Two signs or more, as a single one is a comment in most scripts; and a letter, as "#### 72" ends a worked sum.
    "headings": r"(?m)^#{2,6}[ \t]+[^\n]*\p{L}",
}
_BEYOND_ASCII = {"em dashes", "emoji"}
_NEEDED = {"bold type": "**", "headings": "##"}

# Words of a question that is best answered by a list. Too many rather than too few: what is left asked for prose.
_LISTED = (
    r"lists?|listing|bullet[a-z]*|numbered|steps?|outline|recipe|ingredients?|instructions?|itinerary|plan|schedule"
    r"|agenda|table|enumerate|rank|order|sort|pros and cons|items?|points?|options?|facts?|questions?|names?|titles?"
    r"|types?|kinds?|features?|benefits?|advantages?|disadvantages?|differences?|factors?|characteristics|tips?|ideas?"
    r"|ways|examples?|reasons?|suggest[a-z]*|recommend[a-z]*|things|activities|strategies|methods|rules|guide|menu"
    r"|each|following|classify|categori[sz]e|compare|summari[sz]e|code|function|program|script|poem|lyrics|song|haiku"
    r"|several|some|many|two|three|four|five|six|seven|eight|nine|ten|[2-9]|1[0-9]|20|what are|which are|what [a-z]+s"
    r"|consequences|effects|responsibilities|events|are there any|chronology|timeline|resume|quiz|survey"
    # A procedure or a form is a list by nature.
    r"|how (?:do|can|to|should|would|could)|process|procedure|algorithm|template|checklist|workflow|ticket|slides?"
    r"|make|build|prepare|convert|design|find|solve|calculate|develop|create|implement|any way|step-by-step"
    r"|elements|components|parts|stages|phases|causes|impacts?|devices|criteria|sources|uses|roles?|classified"
    r"|how (?:[a-z'-]+ ){1,9}(?:can|could|should) be|possible to do|easy|easiest|method|identif(?:y|ied)|determine[ds]?"
    r"|how (?:is|are) (?:[a-z'-]+ ){1,6}(?:made|turned|produced|formed|manufactured|processed|refined|generated|grown"
    r"|extracted|obtained|harvested|brewed|recycled)|(?:best|right|proper|correct|easiest|only) way|the way to"
    # An inventory of several things.
    r"|characters|operators?|members|chapters|planets|commands|symptoms|practices"
    r"|(?:what|which) information|(?:specific|exact|precise|particular) conditions"
    # So many of which are not told, but several, and nothing else: "discuss the main challenges and opportunities".
    r"|(?:describe|explain|discuss|elaborate on|tell me(?: about)?)(?: in detail)? (?:[a-z0-9'-]+ ){0,4}"
    r"(?:adaptations|applications|aspects|attributes|barriers|challenges|changes|complications|concerns|dangers"
    r"|difficulties|drawbacks|functions|hazards|issues|limitations|measures|obstacles|opportunities|outcomes|problems"
    r"|properties|qualities|requirements|risks|side effects|skills|strengths|techniques|threats|tools|traits|trends"
    r"|weaknesses)"
)
# What asks for connected text: reasons, accounts, essays.
_CONNECTED = (
    r"why|explain|describe|discuss|argue|elaborate|tell me|what if"
    r"|what (?:is|was|happens|happened|causes|would)|how (?:is|are|was|were|did|does|has|have|had)|who (?:is|was)"
    r"|essay|paragraph|story|article|letter|review"
)
# The same for Chinese, which tells no plural: words for what usually comes in several, a request for two things.
_LISTED_ZH = (
    r"[列排]出|列举|清单|列表|表格|步骤|流程|过程|阶段|哪些|哪几"
    r"|[0-9二三四五六七八九十两几多各][个种条点项类部款道首句段件大]|分类|分为|分组|归类|排序|比较|对比|区别"
    r"|优缺点|优点|优势|缺点|利弊|好处|坏处|弊端|特点|特征|特性|特色|功能|作用|用途|应用|用处|领域|场景|因素"
    r"|原因|理由|影响|后果|方法|方式|方案|办法|途径|如何|怎么|怎样|建议|推荐|提示|技巧|措施|策略|规则|原则|要点"
    r"|要素|食谱|菜谱|计划|安排|日程|习惯|症状|种类|类型|代码|编写|程序|函数|算法|总结|概括|信息|事实|事件|例子"
    r"|举例|示例|诗|歌词|材料|构成|组成|成分|选项|选择|缩写|术语|生成|、|以及|并|角色|标准|条件|特定|内容|翻译"
    r"|改写|关键词|主要"
)
_CONNECTED_ZH = (
    r"为什么|为何|解释|描述|描绘|阐述|论述|介绍|说明|讲述|叙述|谈谈|什么是"
    r"|是什么|文章|作文|故事|段落|短文|议论|意味着什么|你认为|看待"
)
_ASKED = rf"(?-u:\b)(?:{_LISTED})(?-u:\b)|{_LISTED_ZH}"
_PROSE = rf"(?-u:\b)(?:{_CONNECTED})(?-u:\b)|{_CONNECTED_ZH}"


def list_items(field: str) -> pl.Expr:
    """How many lines of the text begin with a bullet or a number; null where the text is null or one line."""
    return pl.when(pl.col(field).str.contains("\n", literal=True)).then(pl.col(field)).str.count_matches(_ITEM)


def list_share(field: str) -> pl.Expr:
    """The share of the text's characters that stand in lines of lists; null where the text is null or empty."""
    listed = pl.col(field).str.extract_all(rf"{_ITEM}[^\n]*").list.join("").str.len_chars()
    return (listed / pl.col(field).str.len_chars()).fill_nan(None)


def asks_for_list(field: str) -> pl.Expr:
    """Whether the text has a word, English or Chinese, that is best answered by a list; false where there is none."""
    return pl.col(field).str.to_lowercase().str.contains(_ASKED).fill_null(value=False)


def prose_question(field: str) -> pl.Expr:
    """Whether the text asks in English or Chinese for connected text, and not for a list; false where there is none."""
    connected = pl.col(field).str.to_lowercase().str.contains(_PROSE).fill_null(value=False)
    return connected & ~asks_for_list(field)


def triads(field: str) -> pl.Expr:
    """The lists of exactly three in the text ("A, B, and C"), a list column; two that share two members are one."""
    text = pl.when(pl.col(field).str.contains_any([", and ", ", or "])).then(pl.col(field))
    found = text.str.extract_all(_SERIES).list.eval(pl.element().filter(_is_triad(pl.element())))
    return found.list.eval(pl.element().filter(_is_another(pl.element())))


def count_triads(texts: pl.Series) -> pl.Series:
    """How many different lists of three each text that has any holds: one number a text, in no order that matters."""
    rows = texts.rename("text").to_frame().with_row_index("at")
    rows = rows.filter(pl.col("text").str.contains_any([", and ", ", or "]))
    found = rows.select("at", pl.col("text").str.extract_all(_SERIES)).explode("text")
    triad = found.filter(_is_triad(pl.col("text")))
    different = triad.filter(_is_another(pl.col("text"), pl.col("at").cast(pl.String)))
    return different.group_by("at").len()["len"]


def first_triad(field: str) -> pl.Expr:
    """Where the first list of three stands: a struct of `start` and `end`, in characters. Only for texts with one.

    Words that only lead into the list or away from it are left out, where they can be told.
    """
    first = triads(field).list.first().str.strip_prefix(", ")
    start = pl.col(field).str.split(first).list.first().str.len_chars()
    lead = first.str.extract(f"({_LEAD_IN})").str.len_chars().fill_null(0)
    tail = first.str.extract(_LEAD_OUT).str.len_chars().fill_null(0)
    return pl.struct((start + lead).alias("start"), (start + first.str.len_chars() - tail).alias("end"))


def _is_triad(series: pl.Expr) -> pl.Expr:
    nothing_else = [~series.str.contains(other) for other in (_CLAUSE, _SUBJECT, _TURN, _LONGER)]
    return pl.all_horizontal(series.str.contains(_THREE), *nothing_else)


def _is_another(triad: pl.Expr, text: pl.Expr | None = None) -> pl.Expr:
    """Whether no triad before it, in the same `text` if that is told, has two of its members."""
    members = triad.str.to_lowercase().str.extract_groups(_MEMBERS)
    one, two, three = (pl.coalesce(members.struct.field(str(n)), members.struct.field(str(n + 3))) for n in (1, 2, 3))
    within = [] if text is None else [text]
    pairs = ((one, two), (one, three), (two, three))
    return pl.all_horizontal(pl.concat_str(*within, *pair, separator=",").is_first_distinct() for pair in pairs)


def decorated(field: str, decoration: str) -> pl.Expr:
    """Whether the text has the decoration (a key of `DECORATIONS`) anywhere."""
    return pl.col(field).str.contains(DECORATIONS[decoration])


def may_be_decorated(field: str, decoration: str) -> pl.Expr:
    """A cheap screen: false only where the text cannot have the decoration."""
    text = pl.col(field)
    if decoration in _BEYOND_ASCII:
        return text.str.len_bytes() != text.str.len_chars()
    return text.str.contains(_NEEDED[decoration], literal=True)
