"""Stories of made-up films in scripts whose letters and glyphs are not one to one, or that run leftward."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tale:
    """A film: its language, title, two people, and a text for either side of the fence."""

    language: str
    title: str
    people: tuple[str, str]
    safe: str
    told: str


TALES = {
    "arabic": Tale(
        "ar",
        "ليل المدينة القديمة",
        ("سلمى الخطيب", "يوسف حدّاد"),
        "تعود سلمى إلى الحيّ الذي وُلدت فيه بعد 20 عامًا من الغياب. تقرأ في جريدة Le Monde خبرًا عن البيت.",
        "يعترف بائع الكتب بأنّه في سنة 1974 أحرق البيت. تسامحه سلمى، ثم تغادر المدينة إلى الأبد. "
        "لا يبقى من البيت إلّا الباب الأزرق، والحمد لله.",
    ),
    "persian": Tale(
        "fa",
        "باغ پنهان",
        ("مهتاب کیانی", "آرش پگاه"),
        "پیرمردی باغی پشت دیوار خانه‌اش می‌سازد و به هیچ‌کس نمی‌گوید.",
        "در پایان معلوم می‌شود که باغ گورِ پسرِ اوست. همسایه‌ها دیوار را با هم خراب می‌کنند و گل‌ها را آب می‌دهند.",
    ),
    "hebrew": Tale(
        "he",
        "הבית על הגבעה",
        ("נועה ברק", "אורי שלו"),
        "משפחה גרה בבית על גבעה מחוץ לעיר. בכל לילה נדלק אור בחלון שאיש אינו פותח.",
        "האם היא שהדליקה את האור במשך 30 שנה. הבן מוצא את המכתבים ושורף אותם. שָׁלוֹם עֲלֵיכֶם, הוא אומר לה.",
    ),
    "hindi": Tale(
        "hi",
        "नदी के उस पार",
        ("मीरा शर्मा", "अर्जुन वर्मा"),
        "एक नाविक हर शाम नदी के उस पार जाता है और किसी को कुछ नहीं बताता।",
        "नाविक की पत्नी जीवित निकलती है। वह क्षमा माँगती है और दोनों नाव को जला देते हैं। "
        "श्रद्धा की चिट्ठी किसी को नहीं मिलती।",
    ),
    "thai": Tale(
        "th",
        "แม่น้ำสีเงิน",
        ("สมชาย ใจดี", "มาลี ศรีสุข"),
        "หญิงสาวกลับบ้านเกิดเพื่อขายที่ดินของแม่ แต่ไม่มีใครยอมซื้อที่ดินผืนนั้น",
        "แม่ของเธอยังมีชีวิตอยู่และซ่อนตัวอยู่ในเรือ น้ำท่วมหมู่บ้านในคืนสุดท้าย เธอจึงไม่ขายที่ดินอีกเลย",
    ),
    "tamil": Tale(
        "ta",
        "மழை நாட்கள்",
        ("கவிதா ராஜன்", "முருகன்"),
        "ஒரு ஆசிரியர் மழைக்காலத்தில் கிராமத்துக்கு வருகிறார்.",
        "மாணவி அவருடைய மகள் என்று தெரிகிறது. அவர் கொடுத்த கடிதத்தை அவள் ஆற்றில் எறிகிறாள்.",
    ),
    "telugu": Tale(
        "te",
        "చీకటి దీపం",
        ("లక్ష్మి", "రాజు"),
        "ఒక వృద్ధుడు ప్రతి రాత్రి గుడిలో దీపం వెలిగిస్తాడు.",
        "అతను చాలా ఏళ్ల క్రితం మరణించాడని తెలుస్తుంది. దీపాన్ని వెలిగించేది అతని మనవరాలు.",
    ),
    "bengali": Tale(
        "bn",
        "শেষ খেয়া",
        ("অপর্ণা সেনগুপ্ত", "রবি"),
        "একটি ছেলে প্রতিদিন নদীর ঘাটে বসে থাকে। কেউ জানে না সে কার জন্য অপেক্ষা করে।",
        "তার বোন বন্যায় ডুবে গিয়েছিল। ছেলেটি শেষ খেয়ায় উঠে গ্রাম ছেড়ে চলে যায়।",
    ),
}
"""Brackets are in none of them: readers differ on which way round they are in lines that run leftward."""


def entry(tale: Tale, *, year: int = 1991) -> str:
    """The film's entry, with its story told in paragraphs, a list, a quotation, a table, and line by line."""
    first, second = tale.people
    return f"""---
title: "{tale.title}"
year: {year}
runtime: 111
language: [{tale.language}]
director: ["{first}"]
cast:
  - {{name: "{first}", role: "{second}"}}
  - {{name: "{second}", role: "{first}"}}
themes: [home, memory]
---
{tale.safe}

# Spoilers

## Plot

{tale.told}

{tale.told}

- {tale.told}
  - {tale.title}
- {tale.safe}

> {tale.told}

| {first} | {second} |
| --- | --- |
| {tale.safe} | {tale.title} |

## Characters

- {first} ({second}): {tale.told}

## Timeline

- 0:12 | {tale.safe}
- 1:40 | {tale.told}
"""
