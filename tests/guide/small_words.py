"""The words of the small guide, in both languages. Invented, like its facts."""

from __future__ import annotations

ARABIC = {
    "questions": """\
governorate: {ask: في أي محافظة؟, label: المحافظة, why: لنعرف مكتبك.}
sector:
  ask: ما مجال عملك؟
  label: المجال
  why: لكل مجال خطواته.
  options:
    trade: تجارة
    craft: حرفة
    food: {label: غذاء, says: [مطعم, فلافل]}
workers: {ask: كم عاملاً عندك؟, label: العمال, why: للحجم., hint: من دونك.}
premises: {ask: أين؟, label: المكان, why: للعقد., options: {owned: ملك, rented: إيجار}}
opened: {ask: متى بدأت؟, label: البداية, why: للمهلة.}
capital: {ask: كم رأس المال؟, label: رأس المال, why: للرسم.}
serves-food: {ask: هل تقدم طعاماً؟, label: الطعام, why: للصحة.}
papers-held: {ask: ماذا عندك؟, label: الأوراق, why: كي لا نكرر.}
""",
    "documents": (
        "register: سجل\nlease: عقد إيجار\ndeed: سند ملكية\npermit: رخصة\nidentity-card: هوية\npledge: تعهد\n"
    ),
    "bodies": """\
town-hall: {name: البلدية, about: الرخص}
ministry: {name: الوزارة, about: السجل}
bank: {name: المصرف, about: القروض, says: [بنك]}
""",
    "laws": "trade-law: قانون التجارة\n",
    "sources": "L-01: {title: دليل, publisher: البلدية}\nL-02: {title: صفحة, publisher: الوزارة}\n"
    "L-03: {title: خبر, publisher: صحيفة}\n",
    "governorates": """\
damascus: {name: دمشق, about: العاصمة., says: [الشام]}
homs: {name: حمص, about: في الوسط.}
""",
    "offices": (
        "damascus: مكتب دمشق\nhoms: مكتب حمص\nhead-office: المكتب الرئيسي\nbank-desk: مصرف المدينة\n"
    ),
    "topics": "licensing: الترخيص\ntraining: التدريب\n",
    "replies": """\
welcome: {title: تحية, text: أهلاً بكم.}
bring-lease: {title: العقد, text: أحضروا العقد.}
""",
    "charges": "stamp: طابع\n",
    "flows": """\
licence: {title: الترخيص, summary: من الفكرة إلى الرخصة.}
money: {title: التمويل, summary: من يعطي المال.}
learn: {title: التدريب, summary: أين نتعلم.}
""",
    "menu": "support: التمويل والتدريب\n",
    "reasons": """\
for-makers: القرض للحرف والأغذية فقط.
few-workers: القرض لمن عنده خمسون عاملاً أو أقل.
clean-record: القرض لمن لا دين عليه.
""",
    "holidays": "new-year: رأس السنة\nfeast: العيد\n",
    "glossary": """\
guarantor: {term: كفيل, meaning: من يدفع إن لم تدفعوا., also: [ضامن]}
stamp: {term: طابع, meaning: ورقة تلصق., also: []}
""",
    "subjects": """\
dairy: {title: ألبان وأجبان, says: [معمل لبن, جبنة]}
cash: {title: مال للبداية, says: [قرشين]}
""",
    "fillers": "asking: [أريد, بدي]\n",
    "synonyms": "yoghurt: [لبن]\n",
    "officialese": "apply: {words: [يتوجب], instead: عليكم}\n",
    "uncovered": "visa: {title: تأشيرات السفر, says: [فيزا]}\n",
}
ENGLISH = {
    "questions": """\
governorate: {ask: Which governorate?, label: Governorate, why: To find your office.}
sector:
  ask: What do you do?
  label: Sector
  why: Each has its own steps.
  options:
    trade: Trade
    craft: Craft
    food: {label: Food, says: [falafel]}
workers: {ask: How many workers?, label: Workers, why: For the size., hint: Without you.}
premises: {ask: Where?, label: Premises, why: For the lease., options: {owned: Own, rented: Rent}}
opened: {ask: Since when?, label: Since, why: For the term.}
capital: {ask: How much capital?, label: Capital, why: For the fee.}
serves-food: {ask: Do you serve food?, label: Food, why: For health.}
papers-held: {ask: What do you hold?, label: Papers, why: Not to ask twice.}
""",
    "documents": (
        "register: Register\nlease: Lease\ndeed: Deed\npermit: Permit\nidentity-card: Identity card\n"
        "pledge: Pledge\n"
    ),
    "bodies": """\
town-hall: {name: Town hall, about: Permits}
ministry: {name: Ministry, about: Registers}
bank: {name: Bank, about: Loans}
""",
    "laws": "trade-law: Trade law\n",
    "sources": (
        "L-01: {title: Guide, publisher: Town hall}\nL-02: {title: Page, publisher: Ministry}\n"
        "L-03: {title: News, publisher: A paper}\n"
    ),
    "governorates": """\
damascus: {name: Damascus, about: The capital.}
homs: {name: Homs, about: In the middle.}
""",
    "offices": (
        "damascus: Damascus office\nhoms: Homs office\nhead-office: Head office\nbank-desk: City Bank\n"
    ),
    "topics": "licensing: Licensing\ntraining: Training\n",
    "replies": """\
welcome: {title: Welcome, text: Good day.}
bring-lease: {title: The lease, text: Bring the lease.}
""",
    "charges": "stamp: Stamp\n",
    "flows": """\
licence: {title: Licence, summary: From an idea to a licence.}
money: {title: Money, summary: Who gives money.}
learn: {title: Training, summary: Where to learn.}
""",
    "menu": "support: Money and training\n",
    "reasons": """\
for-makers: The loan is for crafts and food only.
few-workers: The loan is for fifty workers or fewer.
clean-record: The loan is for those without debts.
""",
    "holidays": "new-year: New Year\nfeast: Feast\n",
    "glossary": """\
guarantor: {term: Guarantor, meaning: Who pays if you do not., also: [surety]}
stamp: {term: Stamp, meaning: A paper that is glued on., also: []}
""",
    "subjects": """\
dairy: {title: Milk and cheese, says: [yoghurt]}
cash: {title: Money to begin, says: [a few pounds]}
""",
    "fillers": "asking: [I want]\n",
    "synonyms": "yoghurt: [yoghurt]\n",
    "officialese": "apply: {words: [pursuant to], instead: by}\n",
    "uncovered": "visa: {title: Travel visas, says: [passport]}\n",
}
PAGES = {
    "ar": {
        "steps/permit": "في {{ governorate }}:\n\n- قدّم **الطلب**\n- انتظر",
        "steps/register": "سجّل في [الموقع](https://example.org).",
        "programmes/seed-loan": "قرض لمن **يصنع** في {{ governorate }}.",
        "programmes/evening-course": "درس في المساء.",
        "programmes/closed-fund": "صندوق كان.",
        "articles/soap": "الصابون في {{ governorate }}.",
    },
    "en": {
        "steps/permit": "In {{ governorate }}:\n\n- hand in the **form**\n- wait",
        "steps/register": "Register on [the site](https://example.org).",
        "programmes/seed-loan": "A loan for those who **make** in {{ governorate }}.",
        "programmes/evening-course": "A lesson in the evening.",
        "programmes/closed-fund": "A fund that was.",
        "articles/soap": "Soap in {{ governorate }}.",
    },
}
"""The texts of the pages, whose titles and summaries are their ids."""
