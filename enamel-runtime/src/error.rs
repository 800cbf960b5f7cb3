//! What can go wrong, each with revision, file, line, statement and the next command.
