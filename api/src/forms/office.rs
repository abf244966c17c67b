//! The particulars of an office as clients give and read them: at the command line, in GraphQL's inputs and in its answers.

use async_graphql::{InputObject, SimpleObject};
use clap::Args;
use domain::office::OfficeDetails;

macro_rules! define_particulars {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// Where an office is found, and who reviews its acts.
        #[derive(Clone, Debug, Default, SimpleObject, InputObject, Args)]
        #[graphql(name = "OfficeParticulars", input_name = "OfficeParticularsInput")]
        #[group(required = true, multiple = true)]
        pub struct Particulars { $($(#[$doc])* #[arg(long)] pub $name: Option<String>,)* }

        impl From<OfficeDetails> for Particulars {
            fn from(details: OfficeDetails) -> Self {
                Self { $($name: details.$name,)* }
            }
        }

        impl From<Particulars> for OfficeDetails {
            fn from(given: Particulars) -> Self {
                Self { $($name: given.$name,)* }
            }
        }
    };
}

domain::for_each_office_detail!(define_particulars);
