"""Languages by their English names. Data only, so that naming them costs no start-up time."""

from __future__ import annotations

# English name, in lower case -> ISO 639-1
CODES = {
    "english": "en", "french": "fr", "spanish": "es", "german": "de", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "polish": "pl", "czech": "cs",
    "romanian": "ro", "hungarian": "hu", "turkish": "tr", "vietnamese": "vi", "indonesian": "id", "swahili": "sw",
    "latin": "la", "croatian": "hr", "catalan": "ca", "russian": "ru", "ukrainian": "uk", "bulgarian": "bg",
    "chinese": "zh", "mandarin": "zh", "japanese": "ja", "korean": "ko", "arabic": "ar", "persian": "fa",
    "farsi": "fa", "urdu": "ur", "hebrew": "he", "hindi": "hi", "marathi": "mr", "nepali": "ne", "punjabi": "pa",
    "gujarati": "gu", "bengali": "bn", "tamil": "ta", "telugu": "te", "kannada": "kn", "malayalam": "ml",
    "thai": "th", "greek": "el", "tagalog": "tl",
}  # fmt: skip
