"""What a goal rules out, in the words of a rule and in those of a proposal, in several trades."""

import pytest

from agent.intake.proposal import parse
from agent.readers.rules.passages import ReadText
from agent.readers.rules.ruled_out import conflict, located

OFFERING_FURTHER = "Offering a further product to somebody whose claim is still open"
SAVINGS_REACHING = "Savings that take away the last way of reaching a person"
PRICE_PRIORITY = "No price or priority that rests on health, origin or a stand-in for either"
ADVERSE_CLAIM = "No adverse claim decision without a person who can change it"
CLOSING_CLAIM = "Closing a claim because a customer did not answer a message from a system"
LENDING_DECISIONS = "Lending decisions that use the postcode as a stand-in for ethnicity"
DISCHARGE_PATIENT = "No discharge of a patient without a physician's signature"
MONITORING_INDIVIDUAL = "Monitoring individual employees"
NOTHING_MAKES = "Nothing that makes it harder for a customer to complain, cancel or claim"
COLLECTING_PERSONAL = "Collecting personal data for a use that has not been named yet"
PROFILES_CUSTOMERS = (
    "Profiles of customers from social networks or other "
    "places where they did not give the data to us"
)
SPEED_BOUGHT = "Speed that is bought by asking customers to accept less than the policy owes them"
ESSENTIAL_SERVICE = (
    "An essential service that rests on one supplier without a tried way of going on without it"
)
SELLING_COVER = "Selling cover that does not fit the business that buys it"
CUTTING_BENEFITS = "Cutting benefits because a citizen missed an appointment"


def _conflicts(phrase: str, body: str) -> bool:
    text = f"# Note\n\n## What it does\n\n{body}\n"
    return conflict((phrase,), located(ReadText(parse(text.encode(), "note.md")))) is not None


@pytest.mark.parametrize(
    ("phrase", "body"),
    [
        (
            OFFERING_FURTHER,
            "Customers with a running claim receive an offer for another insurance product.",
        ),
        (
            SAVINGS_REACHING,
            "By shutting the phone line we save 2 million. "
            "Customers can no longer reach a human agent.",
        ),
        (
            SAVINGS_REACHING,
            "The service desk is abolished; nobody can be called. This saves 12 posts.",
        ),
        (
            SAVINGS_REACHING,
            "The telephone numbers are removed from website and "
            "letters, and the branch counters close. Only the chat "
            "remains. We save 3 million a year.",
        ),
        (
            PRICE_PRIORITY,
            "The premium is calculated from step counts and sleep data of the member's watch.",
        ),
        (
            PRICE_PRIORITY,
            "The discount depends on the body weight and smoking habits of the customer.",
        ),
        (PRICE_PRIORITY, "Applicants with a foreign surname receive a higher tariff."),
        (PRICE_PRIORITY, "The tariff uses the diagnosis codes of the last years."),
        (
            ADVERSE_CLAIM,
            "Claims below the threshold are declined automatically; no person looks at them.",
        ),
        (ADVERSE_CLAIM, "The system refuses the claim at once and nobody reviews the refusal."),
        (
            ADVERSE_CLAIM,
            "The model rejects claims by itself. An appeal to a human is not foreseen.",
        ),
        (
            CLOSING_CLAIM,
            "If the member does not reply to the text message within 14 days, the case is closed.",
        ),
        (
            LENDING_DECISIONS,
            "Loans are approved or refused by a model in which the "
            "postcode is the strongest feature.",
        ),
        (
            DISCHARGE_PATIENT,
            "The tool discharges patients automatically; a physician does not sign.",
        ),
        (
            MONITORING_INDIVIDUAL,
            "The tool tracks how many calls every single agent takes and ranks them.",
        ),
    ],
)
def test_doing_what_is_ruled_out_is_found_in_other_words(phrase: str, body: str) -> None:
    assert _conflicts(phrase, body)


@pytest.mark.parametrize(
    ("phrase", "body"),
    [
        (OFFERING_FURTHER, "After the claim has been paid, the agent may offer another product."),
        (OFFERING_FURTHER, "No product is offered while a claim is open."),
        (OFFERING_FURTHER, "The assistant answers questions about open claims."),
        (OFFERING_FURTHER, "Offers are only made to customers without an open claim."),
        (OFFERING_FURTHER, "The tool drafts the offer of settlement for an open claim."),
        (
            SAVINGS_REACHING,
            "The assistant saves time; whoever wants a person presses zero and is connected.",
        ),
        (SAVINGS_REACHING, "We save 400 hours. Customers can still call a person at any time."),
        (SAVINGS_REACHING, "The chat hands over to a person on request."),
        (
            SAVINGS_REACHING,
            "The old fax line is closed; phones stay staffed. We save 10,000 a year.",
        ),
        (
            PRICE_PRIORITY,
            "The price rests on the value of the house and the district; health data is left out.",
        ),
        (PRICE_PRIORITY, "The order of visits follows the damage; origin and health play no part."),
        (PRICE_PRIORITY, "The premium depends on the age of the building."),
        (PRICE_PRIORITY, "It reads medical reports and summarises them for the handler."),
        (
            ADVERSE_CLAIM,
            "The model only proposes; a handler decides every refusal and can change it.",
        ),
        (ADVERSE_CLAIM, "No claim is declined without a handler."),
        (NOTHING_MAKES, "The form makes it easier to complain."),
        (NOTHING_MAKES, "Customers can cancel with one click."),
        (COLLECTING_PERSONAL, "Data is collected for this purpose only and deleted after 30 days."),
        (COLLECTING_PERSONAL, "Personal data is not used for anything that has not been named."),
        (PROFILES_CUSTOMERS, "We publish job offers on LinkedIn."),
        (PROFILES_CUSTOMERS, "No data from social networks is used."),
        (CLOSING_CLAIM, "If nobody answers, a clerk calls; a claim is never closed for silence."),
        (CLOSING_CLAIM, "Closed claims are archived after ten years."),
        (SPEED_BOUGHT, "Members are paid the full amount within an hour."),
        (
            ESSENTIAL_SERVICE,
            "The emergency line runs on one supplier, and the "
            "manual procedure is exercised twice a year.",
        ),
        (SELLING_COVER, "The tool suggests cover that fits the trade."),
        (LENDING_DECISIONS, "The postcode is not used in the lending decision."),
        (LENDING_DECISIONS, "Letters are sorted by postcode."),
        (DISCHARGE_PATIENT, "The physician signs each discharge."),
        (CUTTING_BENEFITS, "Reminders reduce missed appointments; benefits stay untouched."),
        (
            MONITORING_INDIVIDUAL,
            "Figures are shown per team only; individual staff are not monitored.",
        ),
        (MONITORING_INDIVIDUAL, "Errors of the model are monitored."),
        (SAVINGS_REACHING, "Members no longer need to call an agent, which saves them time."),
    ],
)
def test_keeping_what_a_goal_asks_for_is_no_conflict(phrase: str, body: str) -> None:
    assert not _conflicts(phrase, body)
