// Layout, in reading order:
//   file-error  the faults, with codes
//   own-folders where settings, data and caches are
//   safe-path   whether another user could replace what a path leads to
//   kind        the kind of a directory entry, in words; errors of the file system
//   disk-fault  whether the disk is full
//   make-folder creates a directory of ours
//   folder-fault why files cannot be kept in a directory
//   open-own    opens a file that must be ours: no links, no pipes, no other owner
//   read-text   reads a whole text file, within limits of size and time
//   decode-text bytes to text, or where they are not; windows-1252: text of older Windows programs
//   read-end    the end of a log
//   open-media  a file that a person chose, for reading
//   json-fault  what keeps a text from being JSON, and where; repeated-key: what JSON permits, but nobody means; read-json: both
//   sync-file   what is written to an open file, onto the disk
//   json-file   one JSON value on disk, written atomically
//   last-good   a copy of the last good content of a file that people edit
//   lost-terminal  an end in order after the terminal has closed
//   package-version  the version in the package.json of a module
export * from "./file-error.ts";
export { ownFolders } from "./own-folders.ts";
export type { OwnFolders } from "./own-folders.ts";
export * from "./safe-path.ts";
export { systemErrorCode } from "./kind.ts";
export * from "./disk-fault.ts";
export * from "./make-folder.ts";
export * from "./folder-fault.ts";
export * from "./open-own.ts";
export * from "./read-text.ts";
export * from "./windows-1252.ts";
export * from "./read-end.ts";
export * from "./open-media.ts";
export * from "./decode-text.ts";
export { repeatedKey } from "./repeated-key.ts";
export * from "./read-json.ts";
export * from "./sync-file.ts";
export * from "./json-file.ts";
export * from "./last-good.ts";
export * from "./lost-terminal.ts";
export * from "./package-version.ts";
