/** Names in `process.getActiveResourcesInfo` of work that occupies a thread of Node's pool. */
const pooled = /^(?:FSReq|GetAddrInfo|GetNameInfo)/;
/** Time for such work to end, milliseconds. */
const patienceMs = 500;
const lookMs = 10;

let ending = false;

/**
 * Ends this process. `process.exit` waits for the threads of Node's pool, and one may be blocked for ever: by an
 * unplugged drive, or a name server that never answers. Only a kill ends such a process, so it is killed.
 */
export function endProcess(code: number): void {
  if (ending) return;
  ending = true;
  const begun = performance.now();
  const look = (): void => {
    if (!process.getActiveResourcesInfo().some((resource) => pooled.test(resource))) process.exit(code);
    if (performance.now() - begun > patienceMs) process.kill(process.pid, "SIGKILL");
    setTimeout(look, lookMs);
  };
  look();
}
