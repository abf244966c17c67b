//! Writes what follows from the law in the GraphQL layer: `acts.rs` of every process, and the list of processes. Stands here, so
//! that a new process can be written before the program compiles with it.
//!
//! `mutations FOLDER`: the folder of the processes, `api/src/graphql/processes`.

use std::{fs, path::Path};

use domain::process::Process;
use workflows::{definition::mutations, engine::Rules};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder of the processes: api/src/graphql/processes")?;
    let folder = Path::new(&folder);
    let rules = Rules::embedded()?;
    for process in Process::ALL {
        let room = folder.join(process.key());
        fs::create_dir_all(&room)?;
        fs::write(room.join("acts.rs"), mutations::file(&rules.catalogue, &rules.law, *process))?;
    }
    fs::write(folder.join("mod.rs"), mutations::list())?;
    Ok(())
}
