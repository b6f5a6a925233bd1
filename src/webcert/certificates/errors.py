"""Why an action on a certificate was refused. Each carries the facts; the words for the user are made from them at the edge."""

from webcert.forms.problems import Problem


class Refused(Exception):
    """An action that changed nothing. `text` is for the user; `status` is the HTTP status that fits."""

    status = 409
    text = "Det gick inte."


class NotFound(Refused):
    """There is no such certificate; or it was a draft that has been deleted."""

    status = 404
    text = "Intyget finns inte. Ett utkast kan ha raderats."


class IdTaken(Refused):
    """A certificate was to be made under the id of another. No page of ours asks so, and no other system may."""

    status = 400
    text = "Gå tillbaka till patienten, ladda om sidan och försök igen."


class Denied(Refused):
    """A guard refuses (access.py). `code` is the reason code of the reference, `text` its explanation."""

    def __init__(self, code: str, text: str, status: int = 403) -> None:
        super().__init__(code)
        self.code, self.text, self.status = code, text, status


class StaleRevision(Refused):
    """Somebody else has opened or changed the draft since this page got it. `editor` is who (name)."""

    def __init__(self, editor: str, *, same_person: bool) -> None:
        super().__init__("stale")
        self.editor = editor
        self.text = (
            "Du har öppnat utkastet på nytt i en annan flik eller dator. Fortsätt där, eller läs in sidan igen."
            if same_person
            else f"{editor} har öppnat utkastet och har nu företräde. Läs in sidan igen för att se det senaste."
        )


class Lost(Refused):
    """The draft that a page shows has been signed or deleted; `text` says by whom."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.text, self.status = text, status


class NotValid(Refused):
    """A document from elsewhere is no certificate that can be taken in."""

    status = 422
    text = "Dokumentet är inte ett giltigt intyg."

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{problem.question}: {problem.text}" for problem in problems))
        self.problems = problems


class Incomplete(Refused):
    """The draft cannot be signed: something is missing or wrong."""

    status = 422
    text = "Utkastet kan inte signeras än. Uppgifter saknas eller är fel."

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class NotConfirmed(Refused):
    """An erasure was asked for without the code that confirms it."""

    text = "Koden stämmer inte, eller så har intyget ändrats sedan den gavs."


class ChangedMeanwhile(Refused):
    """What has been signed is not what the draft says now: the patient's or the signer's data have changed in a register meanwhile."""

    text = "Uppgifter i intyget har ändrats under tiden, så det som skrevs under gäller inte längre. Läs igenom utkastet och signera igen."


class BadRevocation(Refused):
    """No reason was given for a revocation, or not the text that the reason needs."""

    status = 422
    text = "Välj varför intyget ska makuleras. Vid ”Annat allvarligt fel.” måste orsaken beskrivas, med högst 3 500 tecken."
