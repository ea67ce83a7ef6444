//! What people call the fields of Part 1 at the top of a column: the form's printed labels and their usual variants.
//!
//! A table, and how two labels are compared. A new form that uses another word costs one more word here.

use crate::domain::field::ChildField;

/// What a label says about its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Child(ChildField),
    Field(Field),
    /// "Name" alone: the child's or the reporter's, by what the other columns are.
    Name,
    /// "Name of member of staff": the reporter, or the one whom it is about, in the same way.
    StaffMember,
    /// "Date" alone: of the incident or of writing, in the same way.
    Date,
}

/// What a column can hold once for a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    AdultName,
    StaffName,
    StaffJob,
    StaffIsDsl,
    About,
    Area,
    Danger,
    ToldDsl,
    NotForDsl,
    IncidentAt,
    IncidentTime,
    /// When the report was written, as the reporter says.
    WrittenAt,
    /// The same by the clock of the form service.
    SentAt,
    ReporterName,
    ReporterJob,
    ReporterEmail,
    Prose(Prose),
    /// "What are you worried about?": the account, unless another column has that.
    Worry,
    Told,
    Categories,
}

/// Columns of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Prose {
    Reasons,
    Who,
    What,
    ChildWords,
    Where,
    When,
    Witnesses,
    Opinion,
    Actions,
    Other,
}

/// Each label with the wordings of it, divided by `|`. They are compared by [`words`], so case, spaces, punctuation
/// and which word stands for a child make no difference.
pub(super) const LABELS: &[(Label, &str)] = &[
    (
        Label::Child(ChildField::Name),
        "child's name | name of child | child | child's full name | full name of child | children's names | \
         names of children | name of child or children | name of child (children) | name of child or young \
         person | name of child/young person | child: child's name | who is the concern about | who are you concerned about | \
         which child is this about | which child is it about | name of the child you are concerned about | \
         name of child concerned | child concerned",
    ),
    (
        Label::Child(ChildField::DateOfBirth),
        "date of birth | dob | child's date of birth | child's dob | date of birth of child | dob of child \
         | birth date | birthday | date of birth if known | dob if known",
    ),
    (
        Label::Child(ChildField::Form),
        "form | class | form class | class form | year form | form group | tutor group | registration group \
         | reg group | reg form | registration form | form tutor group | form or tutor group | class group \
         | year | year group | year and form | year class | year and class | year group and class | year \
         group and form | child's form | child's class | child's year group | class of child | form of \
         child",
    ),
    (
        Label::Child(ChildField::School),
        "school | child's school | name of school | school name | school or setting | setting",
    ),
    (
        Label::Field(Field::AdultName),
        "name of adult | adult's name | adult's full name | name of adult at risk | name of adult concerned | \
         adult at risk | adult concerned",
    ),
    (
        Label::Field(Field::StaffName),
        "name of the member of staff concerned | staff member concerned | member of staff concerned | name \
         of staff member the concern is about | name of the member of staff the concern is about | member \
         of staff it is about | who is the allegation about | name of adult the allegation is about",
    ),
    (
        Label::Field(Field::StaffJob),
        "job title of the member of staff concerned | their job title | their job | their role",
    ),
    (
        Label::Field(Field::StaffIsDsl),
        "is this person the dsl | is it the dsl | is the concern about the dsl | is that the dsl | is that the \
         safeguarding lead | is it the safeguarding lead | is this person the safeguarding lead | is the concern \
         about the safeguarding lead | is this person the designated safeguarding lead",
    ),
    (
        Label::Field(Field::About),
        "about | the concern is about | the concern is about a | is this about | is it about | is this concern about a | is this concern about | is the \
         concern about | is this about a child an adult or staff | is this about a child an adult or a \
         member of staff | concern about",
    ),
    (
        Label::Field(Field::Area),
        "area | council | area council | local authority | la | council area | home local authority | home \
         area | which council area does the child live in | in which area does the child live | where does the \
         child live",
    ),
    (
        Label::Field(Field::Danger),
        "is the child in immediate danger | is a child in immediate danger | is any child in immediate danger | \
         is anybody in immediate danger | is there anybody in immediate danger | are they in immediate danger | \
         is there immediate danger | is there any immediate danger | immediate danger | in immediate danger | \
         is the child in immediate danger now | is the child in immediate danger right now | is anybody in \
         immediate danger now | is anybody in immediate danger right now | is the child in danger | is a child \
         in danger | is anybody in danger | in danger | is the child at immediate risk | is a child at \
         immediate risk | is anybody at immediate risk | immediate risk | is the child at immediate risk of \
         harm | is a child at immediate risk of harm | is anybody at immediate risk of harm | at immediate risk \
         of harm | immediate risk of harm | is there an immediate risk of harm | is the child at risk of \
         immediate harm | is a child at risk of immediate harm | is anybody at risk of immediate harm | at risk \
         of immediate harm | risk of immediate harm",
    ),
    (
        Label::Field(Field::ToldDsl),
        "have you told the dsl in person | told the dsl in person | told dsl | have you told the dsl | have \
         you told a dsl in person | have you already told the dsl | have you spoken to the dsl | has the \
         dsl been told | dsl told in person | have you told the designated safeguarding lead in person | \
         have you told the senior designated safeguarding lead in person | were you told in person | have you \
         been told in person | was the dsl told in person | told in person",
    ),
    (
        Label::Field(Field::NotForDsl),
        "not for the dsl | should somebody other than the dsl see this | should somebody other than the dsl \
         receive this | should this go to somebody other than the dsl | do you want somebody other than the dsl to \
         receive this | keep this from the dsl | should the dsl not see this | send this to the chief executive \
         instead of the dsl | would you rather the dsl did not see this | do you not want the dsl to see this | \
         should this go to somebody other than the designated safeguarding lead | should somebody other than the \
         designated safeguarding lead receive this | should somebody other than the designated safeguarding lead \
         see this",
    ),
    (
        Label::Field(Field::IncidentAt),
        "date and time of incident | date time of incident | date of incident | incident date | incident \
         date and time | incident at | date of incident or concern | date of concern | date and time of \
         concern | date of event | date of disclosure | date and time of disclosure | date it happened | \
         date and time it happened | when did it happen | when did this happen | when did the incident \
         happen | when did the incident take place",
    ),
    (
        Label::Field(Field::IncidentTime),
        "time of incident | incident time | time of concern | time | time it happened | approximate time of \
         incident | time of event | time of disclosure",
    ),
    (
        Label::Field(Field::WrittenAt),
        "date and time of writing | date of writing | written at | date of report | date of this report | \
         date and time of report | date and time of recording | date reported | date of form | date \
         completed | date form completed | date and time form completed | today's date",
    ),
    (
        Label::Field(Field::SentAt),
        "timestamp | completion time | submitted | submitted at | date submitted | date and time submitted \
         | time submitted | submission date | submission time",
    ),
    (
        Label::Field(Field::ReporterName),
        "your name | your full name | name (print) | print name | printed name | print | reporter | \
         reporter's name | name of reporter | name of person reporting | person reporting | reported by | \
         who is reporting this | completed by | form completed by | recorded by | raised by | name of \
         person completing form | name of person completing this form | name of person making this report | \
         name of person raising concern | staff name | staff member's name | name of staff | name of staff \
         member | member of staff | staff member | member of staff reporting | \
         staff member reporting",
    ),
    (
        Label::Field(Field::ReporterJob),
        "job title | your job title | job title role | role job title | role | your role | role in school | \
         your role in school | job role | job | position | your position | post | reporter's job title",
    ),
    (
        Label::Field(Field::ReporterEmail),
        "email | your email | e-mail | email address | your email address | username | reporter's email | \
         contact email | work email",
    ),
    (
        Label::Field(Field::Prose(Prose::Reasons)),
        "note the reason(s) for recording the incident | reason(s) for recording the incident | reason(s) \
         for recording | reason(s) for recording this | reason(s) | reason | reason for recording | reason \
         for recording the incident | reason for concern | reasons for concern | reason for the referral | \
         why are you recording this | why are you concerned | why are you worried | nature of concern | \
         summary of concern",
    ),
    (
        Label::Field(Field::Prose(Prose::Who)),
        "who | who was involved | who is involved | people involved | persons involved",
    ),
    (
        Label::Field(Field::Prose(Prose::What)),
        "what | what happened | record the following factually | account | factual account | facts | \
         details | details of incident | details of concern | details of concerns | details of your concern \
         | incident details | information | information details of concerns or contact | description | \
         description of incident | description of concern | describe what happened | describe the incident \
         | tell us what happened | tell us what has happened | what has happened | incident | nature of \
         incident | outline of concern | what was said | what did you see | what did you see or hear | what have you seen or \
         heard",
    ),
    (
        Label::Field(Field::Worry),
        "what are you worried about | what are you concerned about | what is your concern | what is your \
         worry | what is the concern | what is the worry | what are your concerns | what are your worries | \
         what worries you | what is worrying you | what concerns you | what is concerning you | tell us \
         what you are worried about | what you are worried about | tell us your concern | tell us about \
         your concern | tell us about your worry | describe your concern | describe the concern | describe \
         your worry | explain your concern | your concern | your concerns | your worry | concern | concerns \
         | worry | worries",
    ),
    (
        Label::Field(Field::Prose(Prose::ChildWords)),
        "child's words | child's own words | in the child's words | in the child's own words | child words \
         | what did the child say | what the child said | exact words used | verbal disclosure | disclosure \
         | voice of the child",
    ),
    (
        Label::Field(Field::Prose(Prose::Where)),
        "where | where did it happen | where did this happen | where it happened | where did the incident \
         happen | where did the incident take place | where did this take place | where was it | location | \
         place | location of incident | place of incident",
    ),
    (Label::Field(Field::Prose(Prose::When)), "when | when was it"),
    (
        Label::Field(Field::Prose(Prose::Witnesses)),
        "witnesses | any witnesses | witness | names of witnesses | were there any witnesses | witnesses if \
         any | who saw it | who witnessed it | who else was there | who else was present | others present",
    ),
    (
        Label::Field(Field::Prose(Prose::Opinion)),
        "professional opinion where relevant | professional opinion | your professional opinion | opinion | \
         your opinion | how and why might this have happened | your view | professional judgement",
    ),
    (
        Label::Field(Field::Prose(Prose::Actions)),
        "note actions, including names of anyone to whom your information was passed | note actions | \
         actions | action | actions taken | action taken | action taken so far | immediate action taken | \
         immediate actions taken | what have you done | what have you done so far | what did you do | what \
         action have you taken | what actions have you taken | what action was taken | what has been done",
    ),
    (
        Label::Field(Field::Told),
        "told | to whom was it passed | to whom was it passed on | to whom was this passed | to whom was this passed on | to whom was your information passed \
         | to whom was the information passed | names of anyone to whom your information was passed | who \
         was this passed to | passed to | passed on to | who have you told | who else have you told | who \
         did you tell | who has been told | who has been informed | people told | shared with",
    ),
    (
        Label::Field(Field::Prose(Prose::Other)),
        "any other relevant information | other relevant information | other information | any other \
         information | further information | any further information | additional information | anything \
         else | is there anything else | anything else we should know | is there anything else we should \
         know | comments | any other comments | notes | background | background information",
    ),
    (
        Label::Field(Field::Categories),
        "category | categories | category of concern | categories of concern | concern category | type of \
         concern | types of concern | concern type | kind of concern | type of abuse | type",
    ),
    (Label::Name, "name | full name | names"),
    (Label::StaffMember, "name of member of staff"),
    (Label::Date, "date | date and time | date time"),
];

/// The words of a label: lower case, no apostrophes, `child` for pupil and student, `anybody` for whoever is asked
/// after without a name, nothing that only leads up to a question. A question's number in front is left out.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = with_capitals_apart(text)
        .to_lowercase()
        .replace(['\'', '’', '‘', '`', '´'], "")
        .replace("(s)", "s")
        .replace("(ren)", "ren")
        .replace("young person", "child")
        .replace("young people", "children");
    let mut words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && words.first().is_some_and(|word| is_question_number(word)) {
        words.remove(0);
    }
    words
        .into_iter()
        .filter(|word| !LEADING_UP.contains(word))
        .map(|word| canonical(word).to_owned())
        .collect()
}

/// `PupilName` and `dateOfBirth`, as programmers write labels.
fn with_capitals_apart(text: &str) -> String {
    let mut apart = String::with_capacity(text.len());
    let mut was_lower = false;
    for c in text.chars() {
        if was_lower && c.is_uppercase() {
            apart.push(' ');
        }
        was_lower = c.is_lowercase();
        apart.push(c);
    }
    apart
}

fn is_question_number(word: &str) -> bool {
    word.trim_start_matches('q').bytes().all(|byte| byte.is_ascii_digit())
}

const LEADING_UP: [&str; 2] = ["the", "please"];

fn canonical(word: &str) -> &str {
    match word {
        "pupil" | "pupils" | "childs" | "children" | "childrens" | "student" | "students" | "learner"
        | "learners" => "child",
        "anyone" | "someone" | "somebody" => "anybody",
        word => word,
    }
}
