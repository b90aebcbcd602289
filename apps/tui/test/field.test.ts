import { describe, expect, it } from "vitest";
import { fc } from "@vj/test-kit/properties";
import { z } from "zod";
import { noEffect, secret } from "@vj/worker";
import { draftOf, pasteDraft, pressDraft } from "../src/ui/field/draft.ts";
import { readFields } from "../src/ui/field/field.ts";
import type { Field } from "../src/ui/field/field.ts";
import { readValue, textOfValue } from "../src/ui/field/value.ts";

/** The fields of settings as a worker describes them. */
function fieldsOfZod(shape: z.ZodRawShape): readonly Field[] {
  return readFields({ ...z.toJSONSchema(z.object(shape), { io: "input", unrepresentable: "any" }) });
}

function fieldOf(rule: Record<string, unknown>, more: Record<string, unknown> = {}): Field {
  const [field] = readFields({ type: "object", properties: { delay_ms: rule }, ...more });
  if (field === undefined) throw new Error("no field");
  return field;
}

const message = (field: Field, text: string): string => {
  const read = readValue(field, text);
  return read.ok ? `ok ${JSON.stringify(read.value)}` : read.message;
};

describe("the fields of a schema", () => {
  it("are of the right kind for what workers use", () => {
    const fields = fieldsOfZod({
      name: z.string().default(""),
      level: z.number().min(0).max(1).default(0.3),
      port: z.int().min(0).max(65_535).default(0),
      mode: z.enum(["off", "send"]).default("off"),
      active: z.boolean().default(true),
      names: z.array(z.string()).default([]),
      sizes: z.array(z.int()).default([]),
      key: secret(z.string().default("")),
      later: noEffect(z.string().default("")),
      targets: z.array(z.object({ port: z.int() })).default([]),
      perhaps: z.number().nullable().default(null),
      one_of: z.union([z.literal("a"), z.literal(2)]).optional(),
    });
    expect(fields.map(({ key, kind }) => `${key} ${kind}`)).toEqual([
      ...["name text", "level number", "port number", "mode choice", "active switch", "names list", "sizes list"],
      ...["key text", "targets json", "perhaps number", "one_of choice"],
    ]);
    expect(fields.filter((field) => field.secret).map(({ key }) => key)).toEqual(["key"]);
    expect(fields.filter((field) => field.nullable).map(({ key }) => key)).toEqual(["perhaps"]);
    expect(fields.map(({ step }) => step).slice(1, 3)).toEqual([0.01, 1]);
  });

  it("leave out what has no effect, cannot be written, or cannot be sent, however it is marked", () => {
    const marks = ["noEffect", "x-no-effect", "no_effect", "X-No-Effect", "readOnly"];
    const properties = Object.fromEntries(marks.map((mark, index) => [`a${index}`, { type: "string", [mark]: true }]));
    expect(readFields({ properties: { ...properties, cmd: {}, type: {}, b: false, c: true } }).map(({ key }) => key)).toEqual(["c"]);
  });

  it.each([
    [{ $ref: "#/$defs/level" }, "number"],
    [{ allOf: [{ $ref: "#/$defs/level" }], description: "x" }, "number"],
    [{ anyOf: [{ type: "string", enum: ["a"] }, { const: "b" }] }, "choice"],
    [{ oneOf: [{ type: "boolean" }, { type: "null" }] }, "switch"],
    [{ type: ["integer", "null"] }, "number"],
    [{ type: ["integer", "string"] }, "json"],
    [{ $ref: "#/$defs/loop" }, "json"],
    [{ $ref: "https://elsewhere/schema" }, "json"],
    [{ type: "array", items: { $ref: "#/$defs/level" } }, "list"],
    [{ enum: [] }, "json"],
    [{ type: "boolean", secret: true }, "json"],
    [{ type: 7, properties: "nonsense", enum: "x" }, "json"],
  ])("take what strangers write: %j", (rule, kind) => {
    const $defs = { level: { type: "number", minimum: 0 }, loop: { anyOf: [{ $ref: "#/$defs/loop" }, { type: "string" }] } };
    expect(fieldOf(rule, { $defs }).kind).toBe(kind);
  });

  it.each([[{ format: "password" }], [{ writeOnly: true }], [{ "x-secret": true }], [{ secret: true }]])("keep a secret secret: %j", (mark) => {
    const field = fieldOf({ type: "string", ...mark });
    expect(field.secret).toBe(true);
    expect(textOfValue(field, "hidden")).toBe("");
  });

  it("survive any schema", () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (properties, text) => {
      for (const field of readFields({ properties })) {
        readValue(field, text);
        textOfValue(field, field.fallback);
        pressDraft(field, draftOf(text), "right");
      }
    }), { numRuns: 200 });
  });
});

describe("what is typed into a field", () => {
  it.each([
    [{ type: "number", minimum: 0, maximum: 1 }, [["0.5", "ok 0.5"], ["1.5", "must be at most 1"], ["-1", "must be at least 0"], ["", "ok undefined"], ["1e", "is not a number"], [".5", "ok 0.5"]]],
    [{ type: "integer" }, [["2", "ok 2"], ["2.5", "must be a whole number"], ["1e999", "must be a whole number"]]],
    [{ type: "number", multipleOf: 0.1 }, [["0.3", "ok 0.3"], ["0.35", "must be a multiple of 0.1"]]],
    [{ type: "number", exclusiveMinimum: 0, exclusiveMaximum: 5 }, [["0", "must be more than 0"], ["5", "must be less than 5"]]],
    [{ type: "string", minLength: 1, maxLength: 3 }, [["", "may not be empty"], ["abcd", "may have at most 3 characters, this has 4"], ["åäö", 'ok "åäö"'], ["5", 'ok "5"']]],
    [{ enum: ["a", 2, true] }, [["a", 'ok "a"'], ["2", "ok 2"], ["true", "ok true"], ["x", "is not one of the choices"]]],
    [{ type: "array", items: { type: "string", maxLength: 3 }, maxItems: 2, uniqueItems: true }, [["a, b", 'ok ["a","b"]'], ["", "ok []"], ["a,b,c", "may have at most 2 of them, this has 3"], ["a, long", "number 2 may have at most 3 characters, this has 4"], ['["x,y"]', 'ok ["x,y"]'], ["a,a", "may not name one twice"], ["[a", 'is not JSON; write it like ["a", "b"]']]],
    [{ type: "array", items: { type: "integer" } }, [["1, 2", "ok [1,2]"], ["1, x", "number 2 must be a whole number"]]],
    [{ type: "object" }, [['{"a":1}', 'ok {"a":1}'], ["{a", 'is not JSON; write it like {"key": "value"}'], ["[]", 'must be an object, as JSON {"key": "value"}']]],
    [{}, [["5", "ok 5"], ["five", 'ok "five"']]],
    [{ type: ["string", "null"] }, [["", "ok null"], ["x", 'ok "x"']]],
  ])("is read and checked: %j", (rule, cases) => {
    for (const [text, expected] of cases) expect(`${text}: ${message(fieldOf(rule), String(text))}`).toBe(`${text}: ${expected}`);
  });

  it("is needed where a command cannot go without it", () => {
    expect(message(fieldOf({ type: "number" }, { required: ["delay_ms"] }), "")).toBe("is needed");
  });

  it("comes back as it was: every value that fits is read as itself", () => {
    const rules = { text: { type: "string" }, names: { type: "array", items: { type: "string" } }, any: {} };
    const [text, names, any] = readFields({ properties: rules });
    fc.assert(fc.property(fc.string(), fc.array(fc.string()), fc.jsonValue().filter((value) => value !== null), (one, many, whatever) => {
      for (const [field, value] of [[text, one], [names, many], [any, whatever]] as const) {
        if (field === undefined) throw new Error("no field");
        expect(readValue(field, textOfValue(field, value))).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      }
    }));
  });

  it("is edited with plain keys", () => {
    const field = fieldOf({ type: "string" });
    const press = (text: string, ...keys: string[]) => keys.reduce((draft, key) => pressDraft(field, draft, key) ?? draft, draftOf(text));
    expect(press("abc", "left", "x")).toEqual({ text: "abxc", cursor: 3 });
    expect(press("abc", "home", "x", "end", "y", "backspace", "backspace")).toEqual({ text: "xab", cursor: 3 });
    expect(press("abc", "ctrl+u", "q", " ", "?").text).toBe("q ?");
    expect(press("a👍", "backspace").text).toBe("a");
    expect(pressDraft(field, draftOf("abc"), "tab")).toBeUndefined();
    expect(pressDraft(field, draftOf("abc"), "alt+x")).toBeUndefined();
  });

  it("turns switches and choices, and steps numbers within their range", () => {
    const turn = (rule: Record<string, unknown>, text: string, ...keys: string[]) => keys.reduce((draft, key) => pressDraft(fieldOf(rule), draft, key) ?? draft, draftOf(text)).text;
    expect(turn({ type: "boolean", default: true }, "true", " ")).toBe("false");
    expect(turn({ type: "boolean" }, "true", "right")).toBe("");
    expect(turn({ enum: ["a", "b"], default: "a" }, "b", "right")).toBe("a");
    expect(turn({ enum: ["a", "b"], default: "a" }, "a", "q", "left")).toBe("b");
    expect(turn({ type: "number", minimum: 0, maximum: 1 }, "0.3", "left", "left")).toBe("0.28");
    expect(turn({ type: "number", minimum: 0, maximum: 1 }, "0.999", "right", "right")).toBe("1");
    expect(turn({ type: "integer", minimum: 3 }, "", "right")).toBe("3");
    expect(turn({ type: "number" }, "1", "x", "2")).toBe("12");
  });

  it("takes a paste as text: no escape sequence, one line, lines as items of a list, no more than fits", () => {
    const paste = (rule: Record<string, unknown>, text: string) => pasteDraft(fieldOf(rule), draftOf(""), text)?.text;
    expect(paste({ type: "string" }, "\u001b[2Ja\r\nb\u202ec\n")).toBe("a bc");
    expect(paste({ type: "array", items: { type: "string" } }, "one\ntwo\r\nthree\n")).toBe("one, two, three");
    expect(paste({ type: "number" }, " 1.5 s\n")).toBe("1.5");
    expect(paste({ type: "boolean" }, "true")).toBeUndefined();
    expect(paste({ type: "string" }, "x".repeat(9000))).toHaveLength(4096);
  });
});
