"""Which words may stand for one another in what a goal rules out. Words only, no reading of text.

A family is for offices of any trade: a term of a rule is met by any member of its family.
"""

from typing import Final

CHANNELS: Final = "phone telephone hotline counter branch"
"""Ways of reaching somebody that can be closed; a call cannot."""
SERVED: Final = (
    "customer member policyholder client claimant citizen patient applicant user consumer insured "
    "tenant resident passenger guest student borrower"
)
FAMILIES: Final = (
    "adverse negative unfavourable refuse refusal decline reject rejection deny denial cut cancel "
    "turn terminate termination suspend",
    "decision decide determine outcome verdict approve > refuse refusal decline reject rejection",
    "person human handler clerk adjuster officer agent staff employee colleague reviewer "
    "specialist manager someone anybody nobody caseworker doctor physician nurse underwriter "
    "adviser teacher people",
    "change override overturn overrule reverse correct revise reopen reconsider review check look "
    "second appeal",
    SERVED,
    "claim notification > case damage loss file",
    "price premium tariff discount surcharge rate fee",
    "priority rank ranking order queue",
    "health illness ill diagnosis medical disease disability > sick sickness chronic medication "
    "pregnancy pregnant smoking smoke smoker overweight sleep pulse fitness diet",
    "origin nationality ethnicity ethnic race birthplace > surname foreign foreigner migrant "
    "accent religion",
    "postcode neighbourhood district zip",
    "hard difficult cumbersome discourage deter obstacle barrier friction > hide hidden bury delay "
    "slow dissuade prevent complicate longer",
    "sell sale offer propose upsell pitch > recommend suggest advertise advise",
    "product cover policy contract insurance",
    "answer reply respond react response",
    "message mail email text notice reminder sms letter",
    "close end drop shut",
    "collect gather store record capture > keep save hold",
    "profile scoring score segment > picture lifestyle scan scrape analyse",
    "social network > facebook instagram linkedin twitter tiktok",
    "supplier vendor provider",
    f"reach speak talk contact call > {CHANNELS}",
    "less smaller reduced lower",
    "owe due entitle",
    "open pending running ongoing unsettled unresolved unfinished > dealt progress",
    "saving save cut reduce cost cheap cheaper",
    "lend loan credit mortgage borrow",
    "sign signature approve approval confirm",
    "monitor track observe watch surveil survey",
    "individual single each every",
    "cut reduce lower stop withhold",
    "benefit payment allowance pension",
    "miss fail absent",
)
"""Words that may stand for one another; those behind `>` stand for the ones before it, and not the
other way round: a refusal is a decision, a decision is no refusal."""
LIGHT: Final = (
    "make makes making take takes taken rests rest bought buy buys somebody someone something "
    "anything nothing nobody use used using get gets give given going way ways last first tried "
    "system systems place places yet without prior further whose their them other stand thing "
    "things one still because ask asking asks"
)
"""Words of a rule that carry nothing of what it rules out."""
