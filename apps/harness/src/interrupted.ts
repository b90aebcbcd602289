/** Aborts at the first Ctrl-C or SIGTERM, so that the rig is cleared away; a second one ends the process at once. */
export function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      console.error("ending; once more to leave everything as it is");
      controller.abort();
    });
  }
  return controller.signal;
}
