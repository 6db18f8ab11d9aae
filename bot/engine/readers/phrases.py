"""Yes, no and "I don't know", as they are said in Syria."""

from bot.engine.readers.results import Accepted, Refused
from bot.engine.readers.text import normalise, phrases

_YES = phrases(
    "نعم|اي|إي|أي|أيوه|أيوا|ايوة|ايه|بلى|صح|صحيح|مزبوط|مظبوط|تمام|ماشي|موافق|موافقة|عندي|يوجد|موجود",
    "yes|y|yeah|yep|yup|ok|okay|correct|right|agreed|aywa|na3am|ee|akid|of course",
)
_NO = phrases(
    "لا|لأ|لاء|كلا|لالا|لع|ما عندي|ماعندي|ما في|مافي|لا يوجد|ما بدي|غير موافق|غير صحيح|مو صحيح",
    "مو صح|مش صح|مو موافق|no|n|nope|nah|never|la|la2|laa|not yet|لسا لا|بعد لا|ليس بعد",
)
# They stand beside a yes or a no; alone they mean yes.
_STRONG = phrases("أكيد|طبعا|طبعاً|بالتأكيد|بالطبع|sure|certainly|definitely")
_POLITE = phrases(
    "والله|شكرا|شكراً|حبيبي|عيني|أخي|يا|لو|سمحت|من|فضلك|أبدا|أبداً|هلق|حاليا|حالياً|للأسف",
    "please|thanks|thank|you|sir|absolutely|really|sorry",
)

_UNKNOWN = phrases(
    "لا أعرف|لا اعلم|لا أدري|ما بعرف|مابعرف|ما أعرف|مااعرف|ما عرفت|ما بدري|ما أدري|مادري|مدري",
    "ما بعرفو|ما بعرفها|ما بعرف شي|لسا ما بعرف|لسه ما بعرف|مو عارف|مو عارفة|مش عارف|مش عارفة",
    "مو متأكد|مو متأكدة|مش متأكد|مش متأكدة|غير متأكد|غير متأكدة|لست متأكدا|لست متأكد|لست متأكدة",
    "ما متأكد|مو أكيد|مش أكيد|ما عندي فكرة|ماعندي فكرة|لا فكرة|لا فكرة لدي|ليس لدي فكرة",
    "ليست لدي فكرة|ما عندي علم|لا علم لي|ما عندي خبر|غير معروف|غير معلوم|ما قررت|ما قررت بعد",
    "لسا ما قررت|لم أقرر|لم أقرر بعد|ما بتذكر|لا أتذكر|مين بيعرف|الله أعلم|ما بعرف والله",
    "i don't know|i dont know|i do not know|don't know|dont know|do not know|idk|dunno|i dunno",
    "not sure|i'm not sure|im not sure|i am not sure|unsure|no idea|i have no idea|no clue",
    "unknown|not known|i don't remember|can't remember|haven't decided|not decided|undecided",
    "ma ba3ref|ma b3ref|maba3ref|ma ba3rif|mab3ref",
)
_HEDGES = phrases(
    "والله|العظيم|بصراحة|صراحة|أنا|للأسف|آسف|عفوا|عفواً|حاليا|حالياً|هلق|لسا|لسه|يمكن",
    "sorry|honestly|well|actually|really|yet|maybe|still|hmm",
)


def _without(said: list[str], dropped: frozenset[str]) -> list[str]:
    return [word for word in said if word not in dropped]


def _words(text: str) -> list[str]:
    parted = normalise(text.replace("،", " ").replace(",", " "))
    return [word for word in map(normalise, parted.split()) if word]


def read_yes_no(text: str) -> Accepted | Refused:
    """Read "yes" or "no"; refused: ``not-yes-or-no``, also when both are said."""
    said = _without(_words(text), _POLITE)
    core = " ".join(_without(said, _STRONG))
    if _made_of(core, _YES) or (said and not core):
        return Accepted("yes")
    return Accepted("no") if _made_of(core, _NO) else Refused("not-yes-or-no")


def _made_of(core: str, known: frozenset[str]) -> bool:
    """One phrase, or one said again and again («لا لا لا»)."""
    return core in known or (bool(core) and all(word in known for word in core.split()))


def says_unknown(text: str) -> bool:
    """Say whether the whole text means "I don't know"."""
    said = _words(text)
    return bool({" ".join(said), " ".join(_without(said, _HEDGES))} & _UNKNOWN)
