import type { ManagerConfig } from "./config.ts";

/** The settings that say which workers are meant to run. */
export type Intent = Pick<ManagerConfig, "enabled" | "disabled" | "stopped">;

/** Whether a worker is switched on. @param byDefault what its package says. */
export function isEnabled(intent: Intent, name: string, byDefault: boolean): boolean {
  if (intent.disabled.includes(name)) return false;
  return byDefault || intent.enabled.includes(name);
}

/** Whether the manager starts it by itself: switched on, and not stopped by request. */
export function startsByItself(intent: Intent, name: string, byDefault: boolean): boolean {
  return isEnabled(intent, name, byDefault) && !intent.stopped.includes(name);
}

/** After a human's start: it is switched on. */
export function afterStart(intent: Intent, name: string, byDefault: boolean): Intent {
  return {
    enabled: byDefault ? intent.enabled : [...without(intent.enabled, name), name],
    disabled: without(intent.disabled, name),
    stopped: without(intent.stopped, name),
  };
}

/** After a human's stop: it stays switched on, but stopped. */
export function afterStop(intent: Intent, name: string): Pick<Intent, "stopped"> {
  return { stopped: [...without(intent.stopped, name), name] };
}

function without(names: readonly string[], name: string): string[] {
  return names.filter((other) => other !== name);
}
