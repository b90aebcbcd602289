import { linkTo } from "./linked-file.ts";
import { DumpError } from "./dump-error.ts";

/** One row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** An SQLite database; every call blocks until it is done. */
export interface Database {
  /** The rows that a query gives. @throws Error of SQLite */
  all(sql: string, values?: readonly (string | number)[]): Row[];
  /** Runs one statement many times, in one transaction. @throws Error of SQLite: then none of it was done. */
  runEach(sql: string, values: readonly (readonly (string | number)[])[], last?: { sql: string; values: readonly (string | number)[] }): void;
  exec(sql: string): void;
  close(): void;
}

/** A library that reads SQLite. */
interface Library {
  open(file: string, readOnly: boolean): Database;
}

/**
 * Opens an SQLite database: with Node's own library from Node 22 on, else with the optional package node-sqlite3-wasm.
 * @throws DumpError `no_library`; the error of SQLite when it is not a database that can be opened.
 */
export async function openDatabase(file: string, { readOnly }: { readonly readOnly: boolean }): Promise<Database> {
  const library = (await ofNode()) ?? (await ofPackage());
  if (library === undefined) throw new DumpError("no_library", "reading a database needs Node 22, or the package node-sqlite3-wasm: npm install node-sqlite3-wasm");
  return library.open(file, readOnly);
}

interface NodeStatement {
  all(...values: readonly (string | number)[]): Row[];
  run(...values: readonly (string | number)[]): unknown;
}
interface NodeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NodeStatement;
  close(): void;
}
interface NodeLibrary {
  DatabaseSync: new (file: string, options: { readOnly: boolean }) => NodeDatabase;
}

async function ofNode(): Promise<Library | undefined> {
  const found = await withoutSqliteWarning(() => importIfThere("node:sqlite"));
  if (!hasFunction<NodeLibrary>(found, "DatabaseSync")) return undefined;
  return {
    open(file, readOnly) {
      const database = new found.DatabaseSync(file, { readOnly });
      return {
        all: (sql, values = []) => database.prepare(sql).all(...values),
        runEach: (sql, rows, last) =>
          inTransaction(database, () => {
            const statement = database.prepare(sql);
            for (const values of rows) statement.run(...values);
            if (last !== undefined) database.prepare(last.sql).run(...last.values);
          }),
        exec: (sql) => database.exec(sql),
        close: () => database.close(),
      };
    },
  };
}

interface WasmStatement {
  run(values: readonly (string | number)[]): unknown;
  finalize(): void;
}
interface WasmDatabase {
  all(sql: string, values: readonly (string | number)[]): Row[];
  run(sql: string, values: readonly (string | number)[]): unknown;
  exec(sql: string): void;
  prepare(sql: string): WasmStatement;
  close(): void;
}
interface WasmLibrary {
  Database: new (file: string, options: { readOnly: boolean }) => WasmDatabase;
}

async function ofPackage(): Promise<Library | undefined> {
  const found = await importIfThere("node-sqlite3-wasm");
  if (!hasFunction<WasmLibrary>(found, "Database")) return undefined;
  return {
    open(file, readOnly) {
      // The package locks a database by making a folder beside it, even for reading: that fails on a read-only disk, and one that a killed
      // process left locks for ever. Through a link the folder is made elsewhere.
      const link = readOnly ? linkTo(file) : { file, remove: () => {} };
      try {
        const database = new found.Database(link.file, { readOnly });
        return {
          all: (sql, values = []) => database.all(sql, values),
          runEach: (sql, rows, last) =>
            inTransaction(database, () => {
              const statement = database.prepare(sql);
              try {
                for (const values of rows) statement.run(values);
              } finally {
                statement.finalize();
              }
              if (last !== undefined) database.run(last.sql, last.values);
            }),
          exec: (sql) => database.exec(sql),
          close: () => {
            database.close();
            link.remove();
          },
        };
      } catch (error) {
        link.remove();
        throw error;
      }
    },
  };
}

function inTransaction(database: { exec(sql: string): void }, run: () => void): void {
  database.exec("BEGIN");
  try {
    run();
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** Node 22 warns on standard error that its SQLite is experimental: this does not help the person who reads it. */
async function withoutSqliteWarning<T>(run: () => Promise<T>): Promise<T> {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (!String(warning).includes("SQLite")) Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  try {
    return await run();
  } finally {
    process.emitWarning = emitWarning;
  }
}

async function importIfThere(name: string): Promise<unknown> {
  try {
    const found: unknown = await import(name);
    // A CommonJS package has what it exports as its default.
    return typeof found === "object" && found !== null && "default" in found ? found.default : found;
  } catch {
    return undefined;
  }
}

function hasFunction<T>(found: unknown, name: keyof T & string): found is T {
  return typeof found === "object" && found !== null && name in found && typeof Reflect.get(found, name) === "function";
}
