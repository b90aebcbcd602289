import { describe, expect, it } from "vitest";
import { readEnvironment } from "../src/environment.ts";

describe("the environment", () => {
  it("has defaults in the user's own directories", () => {
    const environment = readEnvironment({});
    expect(environment).toMatchObject({ targets: undefined, logLevel: "info", supervised: false });
    expect(environment.configDir).toMatch(/vj$/);
  });
  it("is read from VJ_*", () => {
    expect(
      readEnvironment({
        VJ_CONFIG_DIR: "/c",
        VJ_DATA_DIR: "/d",
        VJ_CACHE_DIR: "/e",
        VJ_OSC_TARGETS: "127.0.0.1:7000",
        VJ_LOG_LEVEL: "WARN",
        VJ_SUPERVISED: "1",
      }),
    ).toMatchObject({ configDir: "/c", dataDir: "/d", cacheDir: "/e", targets: [{ port: 7000 }], logLevel: "warn", supervised: true });
  });
  it("names the invalid variable", () => {
    expect(() => readEnvironment({ VJ_LOG_LEVEL: "loud" })).toThrow(/VJ_LOG_LEVEL is "loud"/);
    expect(() => readEnvironment({ VJ_OSC_TARGETS: "x" })).toThrow(/^VJ_OSC_TARGETS: .*OSC target "x"/);
  });
});
