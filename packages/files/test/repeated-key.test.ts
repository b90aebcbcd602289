import { expect, it } from "vitest";
import { repeatedKey } from "../src/index.ts";

it.each<[string, string | undefined]>([
  ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}', undefined],
  ['{"a":"a","b":["a","a"],"c":"\\"a\\": "}', undefined],
  ['["a","a"]', undefined],
  ["5", undefined],
  ['{"targets":[],\n "targets":[]}', "line 2, column 2: this key stands there a second time; leave one of the two"],
  ['{"a":{"b":1,"\\u0062" :2}}', "line 1, column 13: this key stands there a second time; leave one of the two"],
  ['{"__proto__":1,"__proto__":2}', "line 1, column 16: this key stands there a second time; leave one of the two"],
])("%s: %s", (text, fault) => {
  expect(() => JSON.parse(text)).not.toThrow();
  expect(repeatedKey(text)).toBe(fault);
});
