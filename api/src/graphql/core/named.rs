//! Whom an input names and how they are reached: a subject, its numbers, a telephone, an address.

use async_graphql::Error;
use domain::{command::SubjectDraft, name::is_telephone, personal::Sealed};

use super::input::{Intake, LONGEST_NUMBER};
use crate::{
    app::App,
    forms::{
        paper::{NO_TELEPHONE, Paper, text_fault},
        record::{self, Named},
    },
    graphql::core::fault,
    mail::check_address,
    store::StoreFault,
};

impl Intake {
    /// The subject that an input names, under the identifier of its kind.
    ///
    /// # Errors
    /// At a field under `field`.
    pub fn subject(&mut self, app: &App, field: &str, named: &Named<'_>) -> Result<SubjectDraft, Error> {
        self.trace.push_str(&format!("{named:?}"));
        let mut paper = Paper::default();
        let read = record::subject(app, &mut paper, named).filter(|_| paper.faults.is_empty());
        if let Some(fault) = paper.broken {
            return Err(fault::internal(&StoreFault::broken(fault)));
        }
        self.personal.append(&mut paper.personal);
        read.ok_or_else(|| fault::bad_fields(field, &paper.faults))
    }

    /// A number of Credit China; none where nothing but blanks is given.
    ///
    /// # Errors
    /// At `field`, when it is too long or holds control characters.
    pub fn external_number(&mut self, field: &str, number: Option<String>) -> Result<Option<String>, Error> {
        let number = number.map(|number| number.trim().to_owned()).filter(|number| !number.is_empty());
        self.trace.push_str(&format!("{number:?}"));
        match number.as_deref().and_then(|number| text_fault(number, LONGEST_NUMBER)) {
            None => Ok(number),
            Some(_) => Err(fault::bad_input(
                field,
                (format!("不得超过{LONGEST_NUMBER}字或含控制字符"), format!("At most {LONGEST_NUMBER} characters, no control characters")),
            )),
        }
    }

    /// Seals a telephone number.
    ///
    /// # Errors
    /// At `field`, when it is none.
    pub fn phone(&mut self, app: &App, field: &str, text: &str) -> Result<Sealed, Error> {
        if !is_telephone(text.trim()) {
            return Err(fault::bad_input(field, NO_TELEPHONE));
        }
        self.seal(app, field, text)
    }

    /// Seals an e-mail address; what mail could not be sent to is refused here, not when the first letter is due.
    ///
    /// # Errors
    /// At `field`, with the code of the address's fault as its reason.
    pub fn email(&mut self, app: &App, field: &str, text: &str) -> Result<Sealed, Error> {
        check_address(text.trim()).map_err(|why| fault::bad_coded(field, why.code(), why.words()))?;
        self.seal(app, field, text)
    }
}
