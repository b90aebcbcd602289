import { needs, spawnProcess } from "@vj/test-kit";
import { expect, it } from "vitest";
import { VjRig, vjProgram } from "./vj-rig.ts";

it("doctor reports that a container without an init needs one", needs("root", "pidNamespace"), async () => {
  await using rig = new VjRig();
  const inContainer = ["--fork", "--pid", "--mount-proc", "--kill-child"];
  await using doctor = spawnProcess("unshare", [...inContainer, process.execPath, vjProgram, "doctor"], rig.env);
  await doctor.printed(/warn {2}first process: is "\S*node .*doctor", not an init.*\n.*docker run --init/);
  await using healthy = spawnProcess("unshare", [...inContainer, "/bin/sh", "-c", `"$0" "$1" doctor; true`, process.execPath, vjProgram], rig.env);
  await healthy.printed(/ok {4}first process: collects processes/);
  await Promise.all([doctor.exited, healthy.exited]);
  expect(doctor.output()).not.toContain("report this");
});
