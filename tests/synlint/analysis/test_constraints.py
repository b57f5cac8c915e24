"""Each type of constraint, recognised in a question and checked on answers, in our own words; and hostile input."""

from __future__ import annotations

import pytest

from synlint.analysis.constraints.model import Constraint, Outcome
from synlint.analysis.constraints.registry import KINDS, constraints_of
from tests.guard import bounded

# type, question, answers that keep it, answers that clearly break it
CASES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "existence",
        'Describe a harbour. Include the keywords "crane", "fog" and "rope".',
        ("A crane, a rope, and fog over all.", "Cranes stand in the fog; ropes creak."),
        ("A crane stands in the rain.",),
    ),
    (
        "existence",
        "Write a sentence using the following words: lamp, river, bread.",
        ("By the lamp we ate bread at the river.",),
        ("We ate at the shore.",),
    ),
    ("existence", 'Use the word "carry" in a sentence.', ("He carried it.", "I carry it."), ("He held it.",)),
    (
        "frequency",
        "Tell me about bees. The word honey should appear at least 3 times.",
        ("Honey, honey, honey.", "Honey and honeycomb and honey."),
        ("Honey is sweet.",),
    ),
    (
        "frequency",
        'Write about rain. The word "wet" should appear less than 2 times.',
        ("It is wet.", "It rains."),
        ("Wet roads, wet roofs.",),
    ),
    (
        "forbidden_words",
        'Describe snow. Do not use the words "cold" or "white".',
        ("It falls softly.", "A coldness lies over it all."),
        ("It is White.", "How cold!"),
    ),
    ("forbidden_words", "What is jazz? Avoid the word music.", ("A way to play.",), ("A kind of music.",)),
    (
        "letter_frequency",
        "Name a town. The letter q should appear at least 2 times.",
        ("Quito and Iraq.",),
        ("Quito.",),
    ),
    ("letter_frequency", "Write a line without using the letter e.", ("A cat sat on a mat.",), ("The cat sat.",)),
    (
        "response_language",
        "What is a fjord? Please respond to me only in Korean.",
        ("피오르는 빙하가 깎아 만든 길고 좁은 만입니다.",),
        ("A fjord is a long and narrow inlet of the sea that was cut by ice.",),
    ),
    (
        "response_language",
        "Write a poem in French about the sea.",
        ("La mer est calme et le vent chante dans les voiles du soir.",),
        ("The sea is calm and the wind sings to all of us in the evening.",),
    ),
    (
        "number_sentences",
        "Explain tides in two sentences.",
        ("The moon pulls the water. So it rises twice a day.", "Mr. J. P. Hay of the U.S. wrote it. He was right."),
        ("The moon pulls the sea.", "One is here today. Two are here today. Three are here today."),
    ),
    (
        "number_sentences",
        "Describe a mill. Your response should contain fewer than 3 sentences.",
        ("It grinds the corn. It turns.",),
        ("It grinds the corn. The wind turns it round. The miller sleeps inside.",),
    ),
    (
        "number_paragraphs",
        "Write two paragraphs about ice.",
        ("Ice is cold.\n\nIt melts.", "Ice is cold.\nIt melts."),
        ("Ice is cold. It melts.", "Ice is very cold.\n\nIt melts soon.\n\nThen it flows."),
    ),
    (
        "number_paragraphs",
        "Write a song in exactly 3 parts. Separate the parts with ***.",
        ("One\n***\nTwo\n***\nThree",),
        ("One\n***\nTwo",),
    ),
    (
        "number_words",
        "Describe a dune in no more than 10 words.",
        ("A hill of sand, made by wind.",),
        ("A dune is a hill of sand that the wind has made over very many years.",),
    ),
    (
        "number_words",
        "Write a 40-word story about a goat.",
        ("goat " * 40, "goat " * 47, "goat " * 32),
        ("goat " * 60, "goat " * 20),
    ),
    (
        "number_words",
        "Summarize the plot in 40 words.",
        ("plot " * 25,),
        ("plot " * 60, "plot " * 12),
    ),
    (
        "nth_paragraph_first_word",
        'Write 3 paragraphs. The second paragraph must start with the word "Later".',
        ("One.\n\nLater, two.\n\nThree.", "A Title\n\nOne.\n\nLater, two.\n\nThree."),
        ("Later one.\n\nThen two.\n\nThree.", "No title.\n\nOne.\n\nLater, two.\n\nThree."),
    ),
    (
        "nth_paragraph_first_word",
        'Write 3 paragraphs, parted by two new lines. The second paragraph must start with the word "Later".',
        ("One.\n\nLater, two.\n\nThree.",),
        ("A Title\n\nOne.\n\nLater, two.\n\nThree.",),
    ),
    (
        "nth_paragraph_first_word",
        'Write a story that begins with "The rain had stopped".',
        ("The rain had stopped at last.", "# Rain\n\n“The rain had stopped,” she said."),
        ("It was dry.",),
    ),
    (
        "number_placeholders",
        "Draft a letter with at least 2 placeholders in square brackets, such as [name].",
        ("Dear [name], we meet on [day].",),
        ("Dear [name], we meet soon.",),
    ),
    ("postscript", "Write to Ann. At the end, add a postscript starting with P.S.", ("Hi!\nP.S. Bye",), ("Hi! Bye",)),
    ("postscript", "Write to Ann. Include a postscript starting with P.P.S", ("Hi!\nP.P.S. Bye",), ("Hi!\nP.S. Bye",)),
    (
        "number_bullet_lists",
        "Name risks in exactly 3 bullet points.",
        ("* a\n* b\n* c", "Some:\n- a\n  - x\n- b\n- c", "1. a\n2. b\n3. c"),
        ("* a\n* b", "A risk is a risk."),
    ),
    (
        "constrained_response",
        'Is it late? Answer with one of these: "My answer is yes.", "My answer is no."',
        ("My answer is no. My answer is no.",),
        ("It depends.",),
    ),
    ("constrained_response", "Is ice dry? Answer yes or no.", ("No", "No, it is not."), ("Ice is wet.",)),
    (
        "number_highlighted_sections",
        "Explain yeast. Highlight at least 2 sections with markdown, i.e. *highlighted section*.",
        ("*Yeast* eats *sugar*.", "**Yeast** eats **sugar**."),
        ("Yeast eats *sugar*.", "* yeast\n* sugar\n* air"),
    ),
    (
        "multiple_sections",
        "Write a guide with 2 sections. Mark the beginning of each section with Section X.",
        ("Section 1\nGo.\nSection 2\nStop.",),
        ("Section 1\nGo.",),
    ),
    (
        "json_format",
        "Give me three colours. Your entire output should be in JSON format.",
        ('["red", "green"]', 'Here:\n```json\n{"a": 1}\n```', '{"a": 1}\n{"a": 2}'),
        ("red, green", "{'a': 1}"),
    ),
    ("title", "Write a poem. Put its title in double angular brackets.", ("<<Sea>>\nSalt",), ("Sea\nSalt",)),
    (
        "two_responses",
        "Why is it so? Give two different responses, separated by 6 asterisk symbols: ******.",
        ("Because.\n******\nWho knows?",),
        ("Because.", "Because.\n******\nBecause.", "One\n******\nTwo\n******\nThree"),
    ),
    (
        "repeat_prompt",
        "Write a short note about the harvest moon.\nFirst repeat the request above word for word, then answer.",
        ("Write a short note about the harvest moon.\n\nIt is red.",),
        ("It is red.", "Write a note about the moon. It is red."),
    ),
    ("end_checker", 'What is a cave? End your response with "Mind your head."', ("Dark. Mind your head!",), ("Dark.",)),
    ("quotation", "What is chalk? Wrap your entire response in double quotation marks.", ('"A rock."',), ("A rock.",)),
    (
        "capital_word_frequency",
        "Sell me a boat. Use words in all capital letters at least 2 times.",
        ("BUY it NOW.",),
        ("BUY it now.",),
    ),
    (
        "english_capital",
        "Name a city. Your entire response should be in English, and in all capital letters.",
        ("ROME.",),
        ("Rome.",),
    ),
    ("english_lowercase", "What is rye? Use only lowercase letters.", ("a grain.",), ("A Grain.",)),
    ("no_comma", "List some trees. Refrain from using any commas.", ("oak and ash",), ("oak, ash",)),
)  # fmt: skip


def only(name: str, question: str) -> Constraint:
    (found,) = (one for one in constraints_of(question) if one.kind.name == name)
    return found


@pytest.mark.parametrize("name, question, kept, broken", CASES, ids=lambda value: str(value)[:40])
def test_recognised_and_checked(name: str, question: str, kept: tuple[str, ...], broken: tuple[str, ...]) -> None:
    one = only(name, question)
    assert question[slice(*one.demand.span)]
    for answer in kept:
        assert not one.check(answer, question).broken, (answer, one.check(answer, question))
    for answer in broken:
        outcome = one.check(answer, question)
        assert outcome.broken, (answer, outcome)
        assert 0 <= outcome.span.start <= outcome.span.end <= len(answer)
        assert outcome.asked and outcome.found


def test_every_type_has_its_case_and_a_definition() -> None:
    assert len(KINDS) == 25
    assert {name for name, *_ in CASES} == {kind.name for kind in KINDS.values()}
    assert all(kind.definition.endswith(".") and kind.cues for kind in KINDS.values())


@pytest.mark.parametrize(
    "question",
    [
        "How many pages does a book with 348 words have?",
        "Johnny wrote an essay with 150 words. How many words did Ann write if she wrote twice as many words?",
        "Are these two words related?",
        "Describe the structure of a five paragraph essay.",
        "Develop a plan to write a 1500-word essay in three hours.",
        "Explain how to write a summary in one sentence.",
        "Write 50 short stories under ten words.",
        "Write three paragraphs of 200 words each.",
        "Describe each picture in one sentence.",
        "Given two sentences, tell which is longer.",
        "You are provided with two paragraphs. Count the verbs.",
        'Translate into plain words: "Answer in one sentence, in all capital letters and without commas."',
        "Shorten the following text.\n\nText: Please use no more than 10 words and no commas in this form.",
        "Write a Python function that returns a string in uppercase with at least 5 words.",
        "Generate a password with 8 characters in lowercase letters and numbers.",
        "Find words that start with a capital letter.",
        "Remove the commas from the sentence.",
        "Design a data structure for a dictionary of 5,000 words.",
        "Add two sentences to the story.",
        "Given a valid JSON string, convert it into YAML format.",
        "Compare the HTML and JSON formats.",
        'What does the word "jovial" mean?',
        'Replace the word "good" in the sentence with a synonym.',
        'How many times does the word "the" appear?',
        "What is the best cereal that does not contain the letter 'C'?",
        "Name five common ingredients of French cuisine.",
        "Translate the sentence into French.",
        "Restate the first sentence in your own words.",
        "Insert the words 'like' or 'as' to make a comparison.",
        'Which tool is missing? Hint: It starts with "w".',
        'What am I? I have teeth and cannot bite. It begins with "c".',
        "Is it rude? The note has the word 'dolt' in it.",
        "Tell whether it is rude.\nExample: 'You dolt.'\nHere is why: A text that has the word 'dolt' is rude.",
        "Write a table. Above the table, replace NAME with my name in all caps.",
        "Write an invoice with the heading in capital letters.",
        "Write a limerick. Use all capital letters except for names.",
        "Copy the file. Note that the input is all lowercase.",
        "Translate the lines to Japanese. Use only lowercase letters.",
        "Write a sentence that is 10 words longer than the one below.",
        "Make it two sentences shorter than the draft.",
        "Generate keywords on sailing in 5 words.",
        "The French king was deposed. Put your entire answer in one line.",
        "Could you write an 800-word article?\n\nChoices:\n (A) Yes\n (B) No",
        "",
        "?",
    ],
)
def test_what_only_looks_like_a_constraint(question: str) -> None:
    assert constraints_of(question) == ()


@pytest.mark.parametrize(
    "name, question",
    [
        ("nth_paragraph_first_word", 'Write about tea. Make sure that it starts with "Every morning".'),
        ("existence", "Write a note that has the word 'harbour' in it."),
        ("existence", "Your note has to be short. Ensure it includes the word 'harbour'."),
        ("english_capital", "Draft a headline and a text, and write your whole answer in all caps."),
        ("english_capital", "Make sure that your names are all in capital letters."),
        (
            "english_lowercase",
            "Note that the input is all lowercase. Please do the same in your translation to English.",
        ),
        ("number_words", "Write an essay of 500 words, more or less."),
        ("number_words", "Write a 5 word slogan with the keyword provided."),
        ("response_language", "What is a fjord? Put your entire answer in the Korean language, please."),
    ],
)
def test_what_is_still_a_demand(name: str, question: str) -> None:
    assert only(name, question).demand.wording


def test_hints_end_where_the_question_speaks_again() -> None:
    question = 'What is it? Hint: It starts with "w". Answer in one sentence.'
    assert [one.kind.name for one in constraints_of(question)] == ["number_sentences"]


def test_bounds_and_strictness() -> None:
    wanted = {
        "Answer in 100 to 120 words.": (100, 120, "plain"),
        "Answer in about 90 words.": (90, 90, "about"),
        "Answer in exactly 90 words.": (90, 90, "exact"),
        "Answer with 400 or more words.": (400, None, "limit"),
        "Answer in 50 words or less.": (None, 50, "limit"),
        "Answer in under fifty words.": (None, 49, "limit"),
        "Write a story with no less than 150 words.": (150, None, "limit"),
        "Write a story with no more than 150 words.": (None, 150, "limit"),
        "Use only six words.": (None, 6, "limit"),
        "Write a 300+ word essay on salt.": (300, None, "limit"),
        "Reduce the text to 90 words.": (None, 90, "plain"),
        "Summarise it in 1,200 words.": (1200, 1200, "summary"),
    }
    for question, parameters in wanted.items():
        demand = only("number_words", question).demand
        assert (demand.least, demand.most, demand.strictness) == parameters, question


def test_a_literal_reading_and_a_fair_one_differ() -> None:
    question = "Describe a dune in 20 words."
    outcome = only("number_words", question).check("sand " * 22, question)
    assert not outcome.kept
    assert not outcome.clear
    assert not outcome.broken


@pytest.mark.parametrize(
    "question, fair, broken",
    [
        ("Describe a dune in at most 50 words.", "sand " * 55, "sand " * 56),
        ("Describe a dune in less than 50 words.", "sand " * 53, "sand " * 54),
        ("Describe a dune in under 100 words.", "sand " * 108, "sand " * 109),
        ("Describe a dune in at least 100 words.", "sand " * 95, "sand " * 94),
        ("Write a 10-word tweet on dunes.", "Sand " * 10 + "#dune #wind #sea", "Sand " * 13 + "#dune"),
        (
            "Describe the sea in five words.",
            "The sea is wide, deep, cold, grey and loud, and old.",
            "The sea is wide and deep and cold.",
        ),
        (
            "Explain tides in 3 sentences.",
            "The moon pulls the sea.Then it rises. It falls.",
            "The moon pulls. The sea rises v.2 fast.",
        ),
    ],
)
def test_what_a_fair_reader_could_count(question: str, fair: str, broken: str) -> None:
    (one,) = constraints_of(question)
    assert not one.check(fair, question).broken
    assert one.check(broken, question).broken


def test_letters_without_case_are_not_judged() -> None:
    question = "Name a town. Answer in lowercase letters."
    one = only("english_lowercase", question)
    assert not one.check("東京は日本の首都です。AI の研究も盛んです。", question).broken
    assert one.check("Tokyo (東京)", question).broken


def test_a_breach_is_shown_at_a_line_or_sentence() -> None:
    answer = "The wind shapes a dune.\nIt walks inland, grain by grain.\n"
    for question, shown in (
        ("Describe a dune in at least 60 words.", "It walks inland, grain by grain."),
        ("Describe a dune in four sentences.", "It walks inland, grain by grain."),
        ("Name three winds in JSON format.", "The wind shapes a dune."),
        ('Describe a dune. Include the keyword "camel".', "The wind shapes a dune."),
    ):
        (one,) = constraints_of(question)
        outcome = one.check(answer, question)
        assert outcome.broken, question
        assert answer[slice(*outcome.span)] == shown
    one = only("number_words", "Describe a dune in at least 900 words.")
    long = "sand " * 300
    assert 0 < one.check(long, "").span.end - one.check(long, "").span.start <= 200


def test_what_was_found_is_said_in_plain_words() -> None:
    found = {
        "Write a song in exactly 3 parts. Separate the parts with ***.": "2 parts divided by ***",
        "What is it? Respond only in Korean.": "English",
        "What is it? Use only lowercase letters.": "capital letters, as in 'This'",
        "List it in bullet points.": "no bullet points",
        'Include the keywords "camel" and "oasis".': "no 'camel' and no 'oasis'",
        "Give your answer with at least 2 placeholders, such as [name].": "0 placeholders",
    }
    answer = "This is the house that they have built by the sea. ***. It was not cheap at all."
    for question, said in found.items():
        (one,) = constraints_of(question)
        text = answer.replace(" ***. ", "\n***\n") if "***" in question else answer.replace(" ***.", "")
        assert one.check(text, question).found == said
    question = "What is it? Respond only in French."
    outcome = only("response_language", question).check("今日はとても良い天気ですね。散歩に", question)
    assert outcome.found == "Japanese letters"


def test_a_repeated_request_is_not_the_answer() -> None:
    question = "Write about pears, plums and rye.\nUse no commas.\nFirst repeat the request above word for word."
    comma = only("no_comma", question)
    assert not comma.check("Write about pears, plums and rye.\n\nAll grow.", question).broken
    assert comma.check("Write about pears, plums and rye.\n\nPears, and so on.", question).broken


def test_the_place_of_a_breach() -> None:
    question = "Describe rye in at most 3 words."
    outcome: Outcome = only("number_words", question).check("🌾 é\u0301 one two three four five six", question)
    assert outcome.broken
    assert "four five six" in "🌾 é\u0301 one two three four five six"[slice(*outcome.span)]


def test_a_given_first_sentence_may_be_left_out() -> None:
    question = "Write a 3-sentence story that starts with the given first sentence."
    one = only("number_sentences", question)
    assert not one.check("He ran to the hill. He fell asleep there.", question).broken
    assert one.check("He ran to the hill.", question).broken


def test_the_same_twice_is_one_demand() -> None:
    question = "Use no commas. Really: use no commas. Answer in at most 9 words. At most 9 words."
    assert len(constraints_of(question)) == 2


HOSTILE = (
    "a" * 1_000_000,
    "word " * 200_000,
    "." * 1_000_000,
    '"' * 1_000_000,
    "'a' " * 250_000,
    "* a\n" * 250_000,
    "[" * 1_000_000,
    "{" * 100_000 + "}" * 100_000,
    "*" * 1_000_000,
    "<<" * 500_000,
    "in 5 words or less " * 50_000,
    "at least one two three " * 40_000,
    "the word 'a' 3 times, " * 40_000,
    "\u202eשלום " * 100_000,
    "é\u0301😀" * 200_000,
    "A.b " * 250_000,
    ": following text: " * 50_000,
    "\n" * 1_000_000,
)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
def test_bounded_on_hostile_text(text: str) -> None:
    with bounded():
        constraints_of(text)
    questions = {name: question for name, question, *_ in CASES}.values()  # one for each type
    for question in questions:
        for one in constraints_of(question):
            with bounded():
                outcome = one.check(text, question)
            assert 0 <= outcome.span.start <= outcome.span.end <= len(text)
