"""Headers of public registers as their files have them (names of columns only, no row), and rows
that were made up for them."""

import csv
import io
from collections.abc import Sequence

PII = (
    "Does this AI use case  involve personally  identifiable information (PII)  that is maintained"
    " by the  agency?"
)
US_2023 = (
    "Use_Case_ID,Department_Code,Agency,Office,Title,Summary,Development_Stage,Techniques,"
    "Source_Code,Department"
).split(",")
US_2024 = [
    "Use Case Name",
    "Agency",
    "Agency Abbreviation",
    "Bureau",
    "Use Case Topic Area",
    "Other (Use Case Topic Area)",
    "What is the intended purpose and expected benefits of the AI?",
    "Describe the AI system’s outputs.",
    "Stage of Development",
    "Is the AI use case rights-impacting, safety-impacting, both, or neither?",
    "Date Initiated",
    "Does this AI use case involve personally identifiable information (PII) that is maintained by"
    " the agency?",
    "If Other, please explain.",
    "Does this project include custom-developed code?",
    "System Name",
    "If Other, please explain.",
    "For this particular use case, can the AI carry out a decision or action without direct human"
    " involvement that could result in a significant impact on rights or safety?",
    "If Other, please explain.",
]
US_2024_NUMBERED = (
    "2_use_case_name,3_agency,3_abr,4_bureau,8_topic_area,8_question_type,10_commercial_ai,"
    "11_purpose_benefits,12_outputs,16_dev_stage,17_impact_type,18_date_initiated,29_contains_pii,"
    "31_question_type,33_agency_data,35_question_type,41_system_name,54_key_risks,"
    "57_autonomous_impact,57_question_type"
).split(",")
US_2025 = [
    "Use Case ID",
    "Use Case Name",
    "Bureau/Component",
    "Email Address",
    "Should this AI use case be withheld from public reporting?",
    "Stage of Development",
    "Is the AI use case high-impact?",
    "Justification",
    "Use Case Topic Area",
    "AI Classification",
    "What problem is the AI intended to solve?",
    "What are the expected benefits and positive outcomes from the AI for an agency’s mission"
    " and/or the general public?",
    "Describe the AI system’s outputs.",
    "System(s) Name",
    PII,
]
US_2025_SECTIONS = [
    "SECTION 1: Use Case Identifiers\nComplete this Section for all",
    *[""] * 7,
    "SECTION 2: Use Case Summary",
]
US_2025_SHORT = (
    "agency,agency_name,id,use_case_name,agency_bureau,contact_email,is_withheld,development_stage,"
    "is_high_impact,topic_area,classification,problem_solved,benefits,system_outputs,"
    "operational_date,system_name_ato,data_description,has_pii"
).split(",")
US_2025_INDICATORS = (
    "Use Case Identifier,Use Case Name,Agency,Bureau,Email Address,Public Reporting Indicator,"
    "Development Stage,High Impact Indicator,Use Case Topic Area,AI Classification,"
    "Problem Description,Benefit Description,Output Description,System Name,PII Indicator"
).split(",")
US_2025_FOUR = ["Use Case ID", "Use Case Name", "Description", "Status"]
UK_LIST = ["publishing_body", "tool_name", "title", "url", "published", "description"]
UK_NUMBERED = [
    "0.1 - ID",
    "1.1 - Name",
    "1.2 - Description",
    "1.4 - Contact email",
    "2.1.1 - Organisation or department",
    "2.1.2 - Team",
    "2.1.3 - Senior responsible owner",
    "2.2.1 - Detailed description",
    "2.2.2 - Scope",
    "2.3.4 - Human decisions and review",
    "2.3.6 - Appeals and review",
    "2.4.1.2 - Phase",
]
HEADERS = {
    "us-federal-2023": [US_2023],
    "us-federal-2024": [US_2024, US_2024_NUMBERED],
    "us-federal-2025": [US_2025, US_2025_SHORT, US_2025_INDICATORS],
    "uk-atrs": [UK_LIST, UK_NUMBERED],
}
"""Mapping → headers of files that it is for."""


def sheet(*rows: Sequence[str], delimiter: str = ",") -> str:
    """Rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def row(headers: Sequence[str], **cells: str) -> list[str]:
    """A row under these headers: keyword `Use_Case_Name` or the start of a header, its cell."""
    made = [""] * len(headers)
    for key, cell in cells.items():
        start = key.replace("_", " ").casefold()
        at = next(
            n for n, h in enumerate(headers) if h.replace("_", " ").casefold().startswith(start)
        )
        made[at] = cell
    return made
