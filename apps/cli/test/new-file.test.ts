import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { checkNewFile, openNewFile, writeNewFile } from "../src/new-file.ts";

const elsewhere = "another name with --out";

it("a file whose folder is removed meanwhile says so, also when the folder was made again", async () => {
  await using dir = tempDir();
  const folder = dir.join("usb");
  for (const again of [false, true]) {
    mkdirSync(folder);
    const file = await openNewFile(`${folder}/a.csv`, elsewhere);
    await file.append(Buffer.from("x"));
    rmSync(folder, { recursive: true });
    if (again) mkdirSync(folder);
    await expect(file.commit()).rejects.toMatchObject(
      again
        ? { name: "CliError", message: `cannot write ${folder}/a.csv: its unfinished file was removed from ${folder}`, hint: "try again" }
        : { name: "CliError", message: `cannot write ${folder}/a.csv: the folder ${folder} does not exist`, hint: `make it, or give ${elsewhere}` },
    );
    await file.discard();
  }
  expect(readdirSync(folder)).toEqual([]);
});

it("a file that another command is writing is refused, and the first one is finished", async () => {
  await using dir = tempDir();
  const place = dir.join("a.csv");
  const file = await openNewFile(place, elsewhere);
  await expect(openNewFile(place, elsewhere)).rejects.toMatchObject({ name: "CliError", message: `cannot write ${place}: another command is writing it`, hint: `wait until it is done, or give ${elsewhere}` });
  await file.append(Buffer.from("x"));
  await file.commit();
  // An export has titles in it, so that it is its owner's alone.
  expect(statSync(place).mode & 0o777).toBe(0o600);
});

it("a file that came meanwhile stays, and a name that is too long is refused at once", async () => {
  await using dir = tempDir();
  const place = dir.join("a.csv");
  const file = await openNewFile(place, elsewhere);
  writeFileSync(place, "mine");
  await expect(file.commit()).rejects.toMatchObject({ name: "CliError", message: `${place} is there already` });
  await file.discard();
  expect(readdirSync(dir.path)).toEqual(["a.csv"]);
  const long = dir.join("x".repeat(300));
  await expect(openNewFile(long, elsewhere)).rejects.toMatchObject({ name: "CliError", message: `cannot write ${long}: the name is too long for this system`, hint: `give ${elsewhere}` });
  expect(existsSync(long)).toBe(false);
});

it("a place that was looked at is still free, and what cannot be written there leaves nothing", async () => {
  await using dir = tempDir();
  const place = dir.join("a.svg");
  await checkNewFile(place, elsewhere);
  expect(readdirSync(dir.path)).toEqual([]);
  await writeNewFile(place, Buffer.from("x"), elsewhere, { mode: 0o644 });
  expect(statSync(place).mode & 0o600).toBe(0o600);
  await expect(checkNewFile(place, elsewhere)).rejects.toMatchObject({ name: "CliError", message: `${place} is there already` });
  await expect(writeNewFile(place, Buffer.from("y"), elsewhere)).rejects.toMatchObject({ name: "CliError", message: `${place} is there already` });
  expect(readdirSync(dir.path)).toEqual(["a.svg"]);
});
