//! Arguments in, exit code out.

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    dsl_desk::cli::main(env::args_os())
}
