// What Ink alone costs: a screen full of bars, ten times a second, as its documentation shows.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

process.env["NODE_ENV"] = "production";
const tui = createRequire(`${import.meta.dirname}/../apps/tui/package.json`);
const { Box, Text, render } = await import(pathToFileURL(tui.resolve("ink")).href);
const { createElement } = await import(pathToFileURL(tui.resolve("react")).href).then((react) => react.default);

const [columns, rows] = [120, 39];
let frame = 0;
const picture = () => createElement(Box, { flexDirection: "column" }, ...Array.from({ length: rows }, (_, row) => {
  const length = Math.round(((Math.sin(frame / 5 + row) + 1) / 2) * columns);
  return createElement(Text, { key: row, color: "green" }, "█".repeat(length) + "·".repeat(columns - length));
}));
const { rerender, unmount } = render(picture(), { exitOnCtrlC: false, maxFps: 30 });
const timer = setInterval(() => {
  frame += 1;
  rerender(picture());
}, 100);
process.once("SIGTERM", () => {
  clearInterval(timer);
  unmount();
});
