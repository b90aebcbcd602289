import { spawn } from "node:child_process";

const programs: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  // Takes the address unchanged; `start` would pass it to a shell.
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens an address in the user's browser, if there is one. The address is printed anyway, so failures are ignored. */
export function openBrowser(address: string): void {
  const { env } = process;
  const screenless = process.platform === "linux" && !env["DISPLAY"] && !env["WAYLAND_DISPLAY"];
  if (screenless || env["CI"]) return;
  const [program, ...args] = programs[process.platform] ?? ["xdg-open"];
  const browser = spawn(program, [...args, address], { stdio: "ignore", detached: true });
  browser.on("error", () => {});
  browser.unref();
}
