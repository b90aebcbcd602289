import { expect, it } from "vitest";
import { parseJson } from "../src/index.ts";

it.each([
  ["null", null],
  ['{"a":[1]}', { a: [1] }],
  [' "text" ', "text"],
  ["", undefined],
  ["<html>", undefined],
  ['{"half":', undefined],
  ["undefined", undefined],
])("the JSON text %j is %j", (text, value) => {
  expect(parseJson(text)).toEqual(value);
});
