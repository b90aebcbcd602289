/** Aborts at the first Ctrl-C or SIGTERM, so that the rig is cleaned up; a second one ends the process at once. */
export function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      console.error("ending; press again to end at once without cleaning up");
      controller.abort();
    });
  }
  return controller.signal;
}
