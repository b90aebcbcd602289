// A recording by its length: the time to open it, and to find a place in its middle.
import { messagesFrom, openRecording } from "@vj/recording";
import { writeRecording } from "../replay-lateness.mjs";
import { median } from "../../scripts/report.mjs";
import { isQuick, runs, scratch } from "../session.mjs";

const minutes = isQuick ? [1, 2] : [1, 3, 10, 30, 60];
const rounds = runs(5, 1);

/** @returns {Promise<import("./main.mjs").Growth>} */
export async function recordings() {
  const dir = scratch("/tmp/vj-gr-");
  const points = [];
  for (const at of minutes) {
    const file = `${dir}/${at}.mcap`;
    await writeRecording(file, at * 60);
    const found = [];
    for (let round = 0; round < rounds; round++) found.push(await openAndSeek(file));
    points.push({ at, values: [median(found.map(([open]) => open ?? Number.NaN)), median(found.map(([, seek]) => seek ?? Number.NaN))] });
  }
  return { name: "recordings", title: "Recording of 600 messages a second by its length", by: "minutes", series: ["open", "find the middle"], unit: "ms", digits: 2, points };
}

/** Milliseconds of both. @param {string} file */
async function openAndSeek(file) {
  const begun = performance.now();
  const recording = await openRecording(file);
  const opened = performance.now();
  for await (const message of messagesFrom(recording, recording.start + (recording.end - recording.start) / 2n)) {
    if (message !== undefined) break;
  }
  const sought = performance.now();
  await recording.close();
  return [opened - begun, sought - opened];
}
