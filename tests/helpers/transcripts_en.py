"""Sittings and interviews in English, with who says what in them.

A document of paragraphs has one a line. Of each sentence: the speaker, then ``>`` for words, ``?`` for a
question, ``(`` for an aside, ``#`` for a heading.
"""

PARAGRAPHS: dict[str, tuple[str, str]] = {
    "labels on their own lines": (
        """\
Energy Costs
Sir John Smith (Ashford) (Con)
1. What steps is he taking to reduce bills?
The Secretary of State for Energy (Ed Brown)
We have cut bills by £150.
Sir John Smith
Will he go further?
Ed Brown
Yes, of course.
Several hon. Members rose—
Mr Speaker
Order. I call the shadow Minister.
Claire Jones (Hove) (Con)
The bills have risen by £300, contrary to what he says.\
""",
        """\
# Energy Costs
Sir John Smith? 1. What steps is he taking to reduce bills?
The Secretary of State for Energy (Ed Brown)> We have cut bills by £150.
Sir John Smith? Will he go further?
The Secretary of State for Energy (Ed Brown)> Yes, of course.
> Several hon. Members rose—
Mr Speaker> Order. I call the shadow Minister.
Claire Jones> The bills have risen by £300, contrary to what he says.\
""",
    ),
    "initials without points": (
        """\
The Guardian: You once said prison works. Do you still think so?
Jane Smith: No, I was wrong. Prison costs £50,000 a year.
The Guardian: Why did you change your mind?
JS: I visited twelve of them.
And I listened.
The Guardian: What next?
JS: We shall see.
""",
        """\
The Guardian> You once said prison works.
The Guardian? Do you still think so?
Jane Smith> No, I was wrong.
Jane Smith> Prison costs £50,000 a year.
The Guardian? Why did you change your mind?
Jane Smith> I visited twelve of them.
Jane Smith> And I listened.
The Guardian? What next?
Jane Smith> We shall see.
""",
    ),
    "Congress": (
        """\
Mr. SMITH. Mr. Speaker, I rise today to honor a friend. He built 12 schools.
He will be missed.
Ms. ROE of Texas. I thank the gentleman. We yield back.
The SPEAKER pro tempore. The time of the gentleman has expired.
Mr. SMITH. I ask for one more minute.
The SPEAKER pro tempore. Without objection, it is so ordered.
""",
        """\
Mr. Smith> Mr. Speaker, I rise today to honor a friend.
Mr. Smith> He built 12 schools.
Mr. Smith> He will be missed.
Ms. Roe of Texas> I thank the gentleman.
Ms. Roe of Texas> We yield back.
The Speaker pro tempore> The time of the gentleman has expired.
Mr. Smith> I ask for one more minute.
The Speaker pro tempore> Without objection, it is so ordered.
""",
    ),
    "Commons": (
        """\
Mr. Smith: I beg to move the amendment. It would cost £12 million.
Hon. Members: Oh!
Mr. Jones: My hon. Friend is wrong. Will he give way?
Mr. Smith: No.
Question put and agreed to.
Clause 3 ordered to stand part of the Bill.
""",
        """\
Mr. Smith> I beg to move the amendment.
Mr. Smith> It would cost £12 million.
( Oh!
Mr. Jones> My hon. Friend is wrong.
Mr. Jones? Will he give way?
Mr. Smith> No.
> Question put and agreed to.
> Clause 3 ordered to stand part of the Bill.
""",
    ),
    "hearing": (
        """\
Senator Brown. Thank you, Mr. Chairman. How many bridges are unsafe?
Secretary Jones. Senator, 42,000 bridges are in poor condition.
Senator Brown. And what do you propose?
Secretary Jones. We propose $40 billion over five years.
Chairman SMITH. The Senator's time has expired.
""",
        """\
Senator Brown> Thank you, Mr. Chairman.
Senator Brown? How many bridges are unsafe?
Secretary Jones> Senator, 42,000 bridges are in poor condition.
Senator Brown? And what do you propose?
Secretary Jones> We propose $40 billion over five years.
Chairman Smith> The Senator's time has expired.
""",
    ),
}

LINES: dict[str, tuple[str, str]] = {
    "court": (
        """\
Q. Where were you on 3 May?
A. I was at home.
Q. With whom?
A. My wife was there.
MR. SMITH: Objection, your Honor.
THE COURT: Overruled. You may answer.
A. I said my wife.
""",
        """\
Q? Where were you on 3 May?
A> I was at home.
Q? With whom?
A> My wife was there.
Mr. Smith> Objection, your Honor.
The Court> Overruled. You may answer.
A> I said my wife.
""",
    ),
    "times": (
        """\
Anna Roux  00:00:03
Bonjour à tous, merci d'être venus.

Paul Petit  00:00:10
Merci Anna. J'ai une question sur le budget.

Anna Roux  00:00:15
Je vous écoute.

Paul Petit  00:00:20
Combien coûte le pont ?
""",
        """\
Anna Roux> Bonjour à tous, merci d'être venus.
Paul Petit> Merci Anna. J'ai une question sur le budget.
Anna Roux> Je vous écoute.
Paul Petit> Combien coûte le pont ?
""",
    ),
}
