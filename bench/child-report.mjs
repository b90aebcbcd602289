/** Sends a value to the process that forked this one. @param {string | number} value */
export function report(value) {
  if (process.send === undefined) throw new Error("this program is started by a bench: run pnpm bench");
  process.send(value);
}
