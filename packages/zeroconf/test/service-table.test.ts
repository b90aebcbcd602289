import { describe, expect, it } from "vitest";
import { answerTo, announcementOf, goodbyeOf, recordsOf } from "../src/records.ts";
import { ServiceTable } from "../src/service-table.ts";
import { faultOf } from "../src/service.ts";
import type { Service } from "../src/service.ts";

const stage: Service = { name: "stage", type: "_os2l._tcp", port: 8010, txt: { mode: "x=y", on: "" } };
const records = recordsOf(stage, "host.local", ["10.0.0.2"]);
const found = { name: "stage", type: "_os2l._tcp", host: "host.local", port: 8010, addresses: ["10.0.0.2"], txt: { mode: "x=y", on: "" } };

describe("a table of services", () => {
  it("knows what was announced, says it once, and again when it changes", () => {
    const table = new ServiceTable("_os2l._tcp");
    expect(table.take(announcementOf(records), "10.0.0.2", 0)).toEqual({ found: [found], lost: [], ask: [] });
    expect(table.take(announcementOf(records), "10.0.0.2", 1000)).toEqual({ found: [], lost: [], ask: [] });
    const moved = recordsOf({ ...stage, port: 9000 }, "host.local", ["10.0.0.2"]);
    expect(table.take([moved.place], "10.0.0.2", 2000).found).toEqual([{ ...found, port: 9000 }]);
  });

  it("asks for what is missing, and takes the sender's address until another is named", () => {
    const table = new ServiceTable("_os2l._tcp");
    expect(table.take([records.pointer], "10.0.0.9", 0)).toEqual({ found: [], lost: [], ask: [{ type: "SRV", name: "stage._os2l._tcp.local" }, { type: "TXT", name: "stage._os2l._tcp.local" }] });
    expect(table.take([records.place, records.txt], "10.0.0.9", 0)).toEqual({ found: [{ ...found, addresses: ["10.0.0.9"] }], lost: [], ask: [{ type: "A", name: "host.local" }] });
    expect(table.take([...records.addresses], "10.0.0.9", 0)).toEqual({ found: [found], lost: [], ask: [] });
  });

  it("loses what is withdrawn, and what nothing confirms", () => {
    const table = new ServiceTable("_os2l._tcp");
    table.take(announcementOf(records), "10.0.0.2", 0);
    expect(table.take(goodbyeOf(records), "10.0.0.2", 5).lost).toEqual([found]);
    table.take(announcementOf(records), "10.0.0.2", 10);
    expect(table.expire(120_000)).toEqual([]);
    expect(table.expire(120_011)).toEqual([found]);
    expect(table.take(goodbyeOf(records), "10.0.0.2", 130_000).lost).toEqual([]);
  });

  it("leaves other types, strange records and a flood of names alone", () => {
    const table = new ServiceTable("_os2l._tcp");
    const others = announcementOf(recordsOf({ ...stage, type: "_http._tcp" }, "host.local", ["10.0.0.2"]));
    expect(table.take([...others, { type: "PTR", name: "_os2l._tcp.local", data: "_os2l._tcp.local" }, { type: "PTR", name: "_os2l._tcp.local", data: "" }], "10.0.0.2", 0)).toEqual({ found: [], lost: [], ask: [] });
    const flood = Array.from({ length: 2000 }, (_, index) => recordsOf({ ...stage, name: `n${index}` }, `h${index}.local`, ["10.0.0.2"])).flatMap(announcementOf);
    expect(table.take(flood, "10.0.0.2", 0).found).toHaveLength(256);
    const txt = recordsOf({ ...stage, name: "n0", txt: { __proto__x: "1", constructor: "2" } }, "h0.local", []).txt;
    expect(table.take([txt], "10.0.0.2", 0).found[0]?.txt).toEqual({ __proto__x: "1", constructor: "2" });
  });
});

describe("records", () => {
  it("answer a question by what is asked, in any case of letters, with what will be asked next", () => {
    const { pointer, place, txt, addresses, enumeration } = records;
    expect(answerTo({ type: "PTR", name: "_OS2L._tcp.local" }, records)).toEqual({ answers: [pointer], additionals: [place, txt, ...addresses] });
    expect(answerTo({ type: "SRV", name: "stage._os2l._tcp.local" }, records)).toEqual({ answers: [place], additionals: addresses });
    expect(answerTo({ type: "PTR", name: "_services._dns-sd._udp.local" }, records)).toEqual({ answers: [enumeration], additionals: [] });
    expect(answerTo({ type: "A", name: "stage._os2l._tcp.local" }, records)).toBeUndefined();
    expect(answerTo({ type: "PTR", name: "_http._tcp.local" }, records)).toBeUndefined();
  });

  it("withdraw all but what services of a type share", () => {
    expect(goodbyeOf(records).map(({ name, type, ...rest }) => [name, type, "ttl" in rest && rest.ttl])).toEqual([
      ["_os2l._tcp.local", "PTR", 0],
      ["stage._os2l._tcp.local", "SRV", 0],
      ["stage._os2l._tcp.local", "TXT", 0],
    ]);
  });

  it.each([
    [{ ...stage, name: "" }, "1 to 56 bytes"],
    [{ ...stage, name: "ü".repeat(29) }, "not 58"],
    [{ ...stage, port: 0 }, "choose one from 1 to 65535"],
    [{ ...stage, txt: { a: "x".repeat(300) } }, "too long"],
    [JSON.parse('{"name":"a","type":"osc","port":1}') as Service, "write it like _osc._udp"],
  ])("cannot be made of %j", (service, why) => {
    expect(faultOf(service)).toContain(why);
    expect(faultOf(stage)).toBeUndefined();
  });
});
