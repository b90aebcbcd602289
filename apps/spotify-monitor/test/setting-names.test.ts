import { describe, expect, it } from "vitest";
import { spotifyConfig } from "../src/config.ts";

describe("the settings", () => {
  it("are those of the contract, each with a default", () => {
    const names = ["client_id", "client_secret", "redirect_port", "accounts_url", "api_url", "poll_interval"];
    expect(Object.keys(spotifyConfig.parse({}))).toEqual(expect.arrayContaining(names));
  });
});
