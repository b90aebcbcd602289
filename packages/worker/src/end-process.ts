/** What `process.getActiveResourcesInfo` calls work that occupies a thread of Node's pool. */
const pooled = /^(?:FSReq|GetAddrInfo|GetNameInfo)/;
/** How long such work may take to come to its end, milliseconds. */
const patienceMs = 500;
const lookMs = 10;

let ending = false;

/**
 * Ends this process. `process.exit` waits for the threads of Node's pool, and the system may keep one for ever: a drive that
 * is gone, a name server that never answers. Such a process is killed instead, which is the one way out of it.
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
