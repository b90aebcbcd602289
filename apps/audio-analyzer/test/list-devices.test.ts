import { expect, it } from "vitest";
import { listDevices } from "../src/capture/list-devices.ts";

it("the list of the inputs is not waited for once it is cancelled", async () => {
  const asking = new AbortController();
  const list = listDevices({ signal: asking.signal });
  asking.abort("enough");
  const aborted = { name: "ListDevicesError", code: "aborted", cause: "enough" };
  await expect(list).rejects.toMatchObject(aborted);
  await expect(listDevices({ signal: asking.signal })).rejects.toMatchObject(aborted);
});
